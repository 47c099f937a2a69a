/** Presets that ask who teaches. The student and its losses are the same; the teacher changes. */
import type { Arm, Experiment, Training } from '../experiment';
import { hardLabels } from '../objective';
import { bundledTeachers } from '../teachers';
import { narrowTraining, projected } from './methods';
import { base, distilled, experiment, narrow, twin } from './parts';

/** Predictions alone, which any teacher has; at T = 2. */
const taught = (id: string, changes: Partial<Arm> = {}): Arm =>
  distilled(base, { id, weights: { ce: 0.9, mlm: 0.1 }, ...changes });

const withOthers = (
  others: Experiment['others'],
  arms: Arm[],
  changes: Partial<Training> = {},
): Experiment => ({
  ...experiment(base, arms, changes),
  others,
});

const bySecond = { taughtBy: { kind: 'member', index: 2 } } as const;
const byBoth = { taughtBy: { kind: 'ensemble', mean: 'probabilities' } } as const;

/** What is a teacher's knowledge worth? The teacher, one with random weights, and both at once. */
export const teachers1 = withOthers(
  [{ kind: 'random' }],
  [taught('teacher'), taught('random', bySecond), taught('ensemble', byBoth), twin(base)],
);

/** The narrow student, which is far behind the teacher, by predictions alone. */
const narrowTaught = (id: string, changes: Partial<Arm> = {}): Arm =>
  projected(id, { ce: 0.9, mlm: 0.1 }, { temperature: 2, ...changes });

/** Does a teacher of middle size teach a narrow student better (Mirzadeh et al. 2020, arXiv:1902.03393)? */
export const assistant1 = withOthers(
  [{ kind: 'bundled', id: 'stories-3x96' }],
  [narrowTaught('teacher'), narrowTaught('assistant', bySecond), projected('twin', hardLabels)],
  narrowTraining,
);

/** Does a teacher that was stopped early teach better (Cho and Hariharan 2019, arXiv:1910.01348)? */
export const early1 = withOthers(
  [{ kind: 'bundled', id: 'stories-4x128-early' }],
  [
    narrowTaught('finished'),
    narrowTaught('early', bySecond),
    narrowTaught('ensemble', byBoth),
    projected('twin', hardLabels),
  ],
  narrowTraining,
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
