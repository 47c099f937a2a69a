/** A small run as a page could have kept it: every list in its history has something in it. */
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import type { ArmLosses, EvaluationPoint, HeldOut, StepPoint } from '../../src/config/results';
import type { ArmState, KeptRun } from '../../src/storage/runs';

const experiment: Experiment = presets.tiny;

const losses = (gradientNorm: number | null): ArmLosses => ({
  total: 12.5,
  terms: { ce: 1.25, mlm: 3, cos: 0.25 },
  gradientNorm,
});

const point = (step: number): StepPoint => ({
  step,
  learningRate: 0.0025,
  arms: { distilled: losses(1.5), twin: { total: 3, terms: { mlm: 3 }, gradientNorm: 0.5 } },
});

const heldOut: HeldOut = { loss: 3.5, accuracy: 0.25, agreement: 0.5, klToTeacher: 0.75 };
const distances = [
  [0.1, 0.2, 0.3, 0.4],
  [0.5, 0.6, 0.7, 0.8],
];

const evaluation = (step: number, extent: EvaluationPoint['extent']): EvaluationPoint => ({
  step,
  extent,
  sequences: 64,
  maskedWords: 200,
  teacher: { ...heldOut, agreement: null, klToTeacher: null },
  arms: {
    distilled: {
      ...heldOut,
      losses: losses(null),
      attention: { scores: distances, probabilities: distances },
    },
    twin: { ...heldOut, losses: { total: 3, terms: { mlm: 3 }, gradientNorm: null }, attention: null },
  },
});

export const armState = (scale = 1): ArmState => ({
  parameters: {
    'bert.embeddings.word_embeddings.weight': new Float32Array([1, -2.5, 3e-20, scale]),
    'cls.predictions.bias': new Float32Array([0.5, -0, scale]),
  },
  moments: {
    first: {
      'bert.embeddings.word_embeddings.weight': new Float32Array([0.1, -0.1, 0, scale]),
      'cls.predictions.bias': new Float32Array(3),
    },
    second: {
      'bert.embeddings.word_embeddings.weight': new Float32Array([0.01, 0.01, 0, 1e-30]),
      'cls.predictions.bias': new Float32Array([1, 2, 0]),
    },
  },
});

/** A fresh copy each time. */
export function sampleRun(): KeptRun {
  return structuredClone({
    record: {
      id: 'tab-1',
      birth: 'run-1',
      experiment,
      savedAt: 1_700_000_000_000,
      step: 121,
      history: {
        steps: Array.from({ length: 60 }, (_, i) => point(2 * (i + 1))),
        evaluations: [evaluation(0, 'sample'), evaluation(50, 'sample'), evaluation(50, 'full')],
        changes: [{ step: 40, path: 'arms.0.temperature', before: 4, value: 2 }],
        stepsPerEntry: 2,
        pending: [point(121)],
      },
      sentence: 'The cat sat on the [MASK].',
      fingerprint: 'a teacher',
      tuning: null,
    },
    arms: { distilled: armState(), twin: armState(2) },
    reached: {
      birth: 'run-1',
      step: 130,
      changes: [{ step: 125, path: 'training.learningRate', before: 0.005, value: 0.002 }],
    },
  });
}
