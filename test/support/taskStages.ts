/** An experiment of three stages, as small as it can be: TinyBERT's (Jiao et al. 2020, section 3.2) beside labels alone. */
import type { Arm, Experiment, Plan, Stage, Weights } from '../../src/config/experiment';
import { asMethodsHaveIt, hardLabels } from '../../src/config/objective';
import { experiment, narrow, tiny } from '../../src/config/presets/parts';

const layerLosses: Weights = { embd: 1, attn: 1, hidn: 1 };
const predictions: Weights = { pred: 1 };

const plan = (weights: Weights): Plan => ({
  ...asMethodsHaveIt,
  weights,
  temperature: 1,
  mapping: [2, 4],
  positions: 'masked',
});

/** A student of half the layers and half the width that begins as a part of the teacher, with a plan for each stage. */
const staged = (id: string, [first, ...later]: Weights[]): Arm => ({
  ...narrow(tiny, { id, weights: first, initialisation: { kind: 'project', blocks: [1, 2] } }),
  ...plan(first),
  later: later.map(plan),
});

const onText = experiment(tiny, [], { batchSize: 4, steps: 3 });

const onTask: Stage = {
  text: { kind: 'task', id: 'same' },
  training: { ...onText.training, dropout: 0.1 },
  tuning: { steps: 4, learningRate: 1e-3 },
};

export const taskStages: Experiment = {
  ...onText,
  arms: [
    staged('tinybert', [layerLosses, layerLosses, predictions]),
    staged('labels', [hardLabels, hardLabels, hardLabels]),
  ],
  later: [onTask, onTask],
};
