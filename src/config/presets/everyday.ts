/**
 * Presets on everyday sentences, whose teacher spreads over what people watch, eat and play: there is more to see of what a
 * student learns than the first guess.
 */
import type { Arm, Experiment } from '../experiment';
import { distilled, experiment, twin } from './parts';

const everyday = 'everyday-4x128';

const onEveryday = (arms: Arm[]): Experiment => experiment(everyday, arms, {}, 'everyday');

/**
 * DistilBERT's student beside its hard-label twin. After 500 steps it had a KL to the teacher of 0.71 and 0.69 nats (seeds 1
 * and 2) and 0.37 of the held-out words, the twin 1.20 and 1.19, and 0.34 and 0.32. Version 1, of another text, has 0.53 and 0.35, and 0.89 and 0.31 (seed 1).
 */
export const distilbert2 = onEveryday([distilled(everyday), twin(everyday)]);

/** Arms that differ in T alone. */
export const temperature2 = onEveryday(
  [1, 2, 4, 8].map((temperature) => distilled(everyday, { id: `t${temperature}`, temperature })),
);
