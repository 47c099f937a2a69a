import { describe, expect, it } from 'vitest';
import type { Arm, Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { encoderShapes, parameterShapes } from '../../src/model/parameterNames';
import { termReaches } from '../../src/train/reach';
import { startingWeights, takenAlong } from '../../src/train/startingWeights';
import { distilled, teacher } from './tinyExperiment';

const shape = { ...teacher.shape, ...distilled.student };
const random: Arm = { ...distilled, initialisation: { kind: 'random' } };

it('the seed draws the weights that are not copied, and alike for arms of one shape', () => {
  const name = 'bert.encoder.layer.0.output.dense.weight';
  const drawn = (arm: Arm, seed: number) => startingWeights(arm, shape, teacher, teacher.shape, seed);
  expect(drawn(random, 1)).toEqual(drawn({ ...random, id: 'other' }, 1));
  expect(drawn(random, 1).get(name)).not.toEqual(drawn(random, 2).get(name));
  // A copy draws its projection alone.
  expect(drawn(distilled, 1).get(name)).toEqual(drawn(distilled, 2).get(name));
  const projection = 'fit_dense.weight';
  expect(drawn(distilled, 1).get(projection)).not.toEqual(drawn(distilled, 2).get(projection));
  expect(startingWeights(random, shape, null, null, 1).has(projection)).toBe(false);
});

describe('an arm of a task', () => {
  const head = { kind: 'classify', classes: 3 } as const;
  const started = (arm: Arm, seed: number, shape: typeof own) =>
    startingWeights(arm, shape, teacher, null, seed, head);
  const own = { ...shape };
  const kinds: Arm['initialisation'][] = [
    { kind: 'copy', blocks: [2] },
    { kind: 'project', blocks: [2] },
    { kind: 'random' },
  ];

  it.each(kinds)(
    'starts with the encoder of a model for words, and a fresh head: $kind',
    (initialisation) => {
      const arm = { ...distilled, initialisation };
      const words = startingWeights(arm, own, teacher, null, 1);
      const weights = started(arm, 1, own);
      expect([...weights.keys()]).toEqual(Object.keys(parameterShapes(own, head)));
      for (const name of Object.keys(encoderShapes(own))) expect(weights.get(name)).toEqual(words.get(name));
      expect(started(arm, 1, own)).toEqual(weights);
      const classifier = 'classifier.weight';
      expect(started(arm, 2, own).get(classifier)).not.toEqual(weights.get(classifier));
      // Whoever has the same head draws the same one.
      expect(started({ ...distilled, initialisation: { kind: 'random' } }, 1, own).get(classifier)).toEqual(
        weights.get(classifier),
      );
    },
  );

  it('learns nothing in its head by what compares hidden states', () => {
    for (const shape of [own, { ...own, tokenTypes: true }]) {
      for (const name of Object.keys(parameterShapes(shape, head))) {
        expect(termReaches('mlm', name, 1, null), name).toBe(true);
        expect(termReaches('hidn', name, 1, null), name).toBe(name in encoderShapes(shape));
      }
    }
  });
});

describe('takenAlong', () => {
  const names = [
    'bert.embeddings.LayerNorm.bias',
    'cls.predictions.bias',
    'classifier.bias',
    'pre_classifier.bias',
  ];
  const weights = new Map(names.map((name) => [name, { shape: [1], data: Float32Array.of(1) }]));
  const on = (text: Experiment['text']): Experiment => ({ ...presets.tiny, text });
  const stories = on(presets.tiny.text);
  const [same, acceptable] = (['same', 'acceptable'] as const).map((id) => on({ kind: 'task', id }));
  const kept = (from: Experiment, to: Experiment) => [...takenAlong(weights, from, to).keys()];

  it('keeps a head where the next stage asks for the same', () => {
    expect(kept(same, same)).toEqual(names);
    expect(kept(stories, on({ kind: 'bundled', id: 'everyday' }))).toEqual(names);
  });

  it('leaves it behind for another task, though it has as many classes', () => {
    expect(kept(same, acceptable)).toEqual([names[0]]);
    expect(kept(stories, same)).toEqual([names[0]]);
  });
});
