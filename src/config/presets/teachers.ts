/** Presets that ask who teaches. The student and its losses are the same; the teacher changes. */
import type { Arm, Experiment } from '../experiment';
import { hardLabels } from '../objective';
import { bundledTeachers } from '../teachers';
import { base, distilled, experiment, narrow, twin } from './parts';

/** Predictions alone, which any teacher has; at T = 2. */
const taught = (id: string, changes: Partial<Arm> = {}): Arm =>
  distilled(base, { id, weights: { ce: 0.9, mlm: 0.1 }, ...changes });

const withOthers = (others: Experiment['others'], arms: Arm[]): Experiment => ({
  ...experiment(base, arms),
  others,
});

/** What is a teacher's knowledge worth? The teacher, one with random weights, and both at once. */
export const teachers1 = withOthers(
  [{ kind: 'random' }],
  [
    taught('teacher'),
    taught('random', { taughtBy: { kind: 'member', index: 2 } }),
    taught('ensemble', { taughtBy: { kind: 'ensemble', mean: 'probabilities' } }),
    twin(base),
  ],
);

/** Two students that teach each other, beside one taught by the teacher and one alone. */
export const mutual1 = experiment(base, [
  narrow(base, {
    id: 'first',
    weights: { ce: 1, mlm: 1 },
    taughtBy: { kind: 'arm', id: 'second' },
    mapping: [1, 2],
  }),
  distilled(base, {
    id: 'second',
    weights: { ce: 1, mlm: 1 },
    temperature: 1,
    taughtBy: { kind: 'arm', id: 'first' },
    mapping: [1, 2],
  }),
  narrow(base, { id: 'alone', weights: hardLabels }),
  twin(base, { id: 'twin', temperature: 1 }),
]);

const { vocabularySize: _v, maxPositions: _p, ...same } = bundledTeachers[base];

/** Born again: a student as large as its teacher, from random weights, with and without the teacher. */
export const bornAgain1 = experiment(base, [
  distilled(base, {
    id: 'born-again',
    student: { ...same, tokenTypes: false },
    initialisation: { kind: 'random' },
    weights: { ce: 1, mlm: 1 },
    temperature: 1,
    mapping: [1, 2, 3, 4],
  }),
  twin(base, {
    student: { ...same, tokenTypes: false },
    initialisation: { kind: 'random' },
    mapping: [1, 2, 3, 4],
    temperature: 1,
  }),
]);
