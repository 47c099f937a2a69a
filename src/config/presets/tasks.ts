/** Presets of several stages: on text, then on a task. */
import type { Arm, Experiment, Plan, Stage, Weights } from '../experiment';
import { asMethodsHaveIt, hardLabels } from '../objective';
import { base, experiment, narrow } from './parts';

/** TinyBERT's losses between layers, and its loss of predictions. */
const layerLosses: Weights = { embd: 1, attn: 1, hidn: 1 };
const predictions: Weights = { pred: 1 };

const training: Partial<Experiment['training']> = { steps: 300, learningRate: 3e-3 };

/** A stage on the labels of a task, with a teacher that was tuned on it. */
const taskStage = (changes: Partial<Stage['training']>): Stage => ({
  text: { kind: 'task', id: 'feelings' },
  training: { ...experiment(base, [], { sequenceLength: 32, learningRate: 1e-3, ...changes }).training },
  tuning: { steps: 300, learningRate: 5e-4 },
  augmentation: { tries: 10 },
});

/** A student of half the layers and half the width that begins as a part of the teacher, with a plan for each stage. */
function staged(id: string, [first, ...later]: Weights[]): Arm {
  const plan = (weights: Weights): Plan => ({
    ...asMethodsHaveIt,
    weights,
    temperature: 1,
    mapping: [2, 4],
    positions: 'masked',
  });
  return {
    ...narrow(base, {
      id,
      weights: first,
      initialisation: { kind: 'project', blocks: [1, 2] },
      positions: 'masked',
    }),
    later: later.map(plan),
  };
}

/**
 * TinyBERT's two stages (Jiao et al. 2020, section 3.2): general distillation on text by the layer losses; then, on the
 * augmented rows of a task, the layer losses again, and the predictions of a teacher that was tuned on it. Beside it the
 * same student on right words and labels alone, of the same rows.
 */
export const tinybertTask1: Experiment = {
  ...experiment(
    base,
    [
      staged('tinybert', [layerLosses, layerLosses, predictions]),
      staged('labels', [hardLabels, hardLabels, hardLabels]),
    ],
    training,
  ),
  later: [taskStage({ steps: 200 }), taskStage({ steps: 200 })],
};
