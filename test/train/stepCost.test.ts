import { describe, expect, it } from 'vitest';
import { assumedGflops, assumedSeconds, costOfUpdate, stepFlops } from '../../src/config/cost';
import type { Arm, Experiment } from '../../src/config/experiment';
import { headOf } from '../../src/config/heads';
import { askedOnce, termsOf } from '../../src/config/objective';
import { presets } from '../../src/config/presets';
import { bundledTasks } from '../../src/config/tasks';
import { bundledTeachers, type TeacherShape } from '../../src/config/teachers';
import { wordsOf } from '../../src/data/batchSource';
import type { TermId } from '../../src/methods/registry';
import { encodeTask } from '../../src/tasks/encode';
import { rowsOf } from '../../src/tasks/taskSource';
import { studentShape } from '../../src/train/model';
import { pairOf } from '../../src/train/pairs';
import { randomTeacher } from '../../src/train/randomTeacher';
import { startingWeights } from '../../src/train/startingWeights';
import { Trainer } from '../../src/train/trainer';
import { setUpBackend } from '../support/backends';
import {
  armSettings,
  copyOfTeacher,
  corpus,
  distilled,
  experimentOf,
  shape,
  teacher as tinyTeacher,
  tinyTrainer,
  tokenizer,
  trained,
  twin,
} from './tinyExperiment';

const teacher: TeacherShape = {
  layers: 2,
  hiddenSize: 4,
  heads: 2,
  intermediateSize: 8,
  tokenTypes: false,
  vocabularySize: 10,
  maxPositions: 5,
};
/** Six tokens, of which ⌈.4 · 6⌉ = 3 are asked. */
const training = { batchSize: 2, sequenceLength: 3, maskProbability: 0.4, accumulation: 1 };
const armOf = (...terms: TermId[]): Arm => ({
  ...distilled,
  student: { layers: 1, hiddenSize: 2, heads: 1, intermediateSize: 3, tokenTypes: false },
  weights: Object.fromEntries(terms.map((term) => [term, 1])),
});
const partOf = (arm: Arm, teacherShape = teacher) => {
  const shape = studentShape(arm, teacherShape);
  return { arm, shape, pair: pairOf(shape, teacherShape, arm), terms: termsOf(arm) };
};
const flopsOf = (arms: Arm[], changes: Partial<typeof training> = {}) =>
  stepFlops({
    teachers: [teacher],
    arms: arms.map((arm) => partOf(arm)),
    training: { ...training, ...changes },
  });

// By hand. Of a layer: four products [6, d] [d, d]; scores and context, 2 · 6 · d · 3 each; two products with the
// feed-forward's inner width.
const teacherEncoder = 2 * (4 * 2 * 6 * 4 * 4 + 2 * 2 * 6 * 4 * 3 + 2 * 2 * 6 * 4 * 8);
const studentEncoder = 4 * 2 * 6 * 2 * 2 + 2 * 2 * 6 * 2 * 3 + 2 * 2 * 6 * 2 * 3;
// Of a row of the head: its transform and the vocabulary.
const teacherRow = 2 * 4 * 4 + 2 * 4 * 10;
const studentRow = 2 * 2 * 2 + 2 * 2 * 10;

describe('operations of an update', () => {
  it('are those counted by hand', () => {
    expect([teacherEncoder, studentEncoder, teacherRow, studentRow]).toEqual([3648, 480, 112, 48]);
    // At every token, or at the three masked ones.
    expect(flopsOf([armOf('ce', 'mlm')])).toBe(3648 + 6 * 112 + 3 * (480 + 6 * 48));
    expect(flopsOf([{ ...armOf('ce', 'mlm'), positions: 'masked' }])).toBe(
      3648 + 3 * 112 + 3 * (480 + 3 * 48),
    );
    // Hard labels need no teacher.
    expect(flopsOf([armOf('mlm')])).toBe(3 * (480 + 3 * 48));
    // Hidden states need no vocabulary; each level has a projection [6, 2] [2, 4].
    expect(flopsOf([armOf('cos')])).toBe(3648 + 3 * 480);
    expect(flopsOf([armOf('embd', 'hidn')])).toBe(3648 + 3 * (480 + 2 * 2 * 6 * 2 * 4));
  });

  it('are those of the classes at each [CLS] where a task is learned', () => {
    // Two sequences, each asked once for one of three classes, whatever a text would have masked.
    const head = { kind: 'classify', classes: 3 } as const;
    const arm = askedOnce(armOf('ce', 'mlm'));
    const flops = stepFlops({ teachers: [teacher], arms: [partOf(arm)], training, head });
    const [ofTeacher, ofStudent] = [2 * 4 * 4 + 2 * 4 * 3, 2 * 2 * 2 + 2 * 2 * 3];
    expect(flops).toBe(3648 + 2 * ofTeacher + 3 * (480 + 2 * ofStudent));
  });

  it("count the teacher's pass once for all arms, with the rows that they need together", () => {
    const masked: Arm = { ...armOf('mse'), positions: 'masked' };
    const both = flopsOf([armOf('ce'), masked]);
    expect(both).toBe(3648 + 9 * 112 + 3 * (480 + 6 * 48) + 3 * (480 + 3 * 48));
    expect(flopsOf([armOf('ce'), masked], { accumulation: 5 })).toBe(5 * both);
  });

  it('are a plausible number for the default preset, and follow an objective that changes', async () => {
    const { arms, training } = presets.distilbert;
    const shape = bundledTeachers['stories-4x128'];
    const parts = arms.map((arm) => partOf(arm, shape));
    expect(stepFlops({ teachers: [shape], arms: parts, training }) / 1e9).toBeCloseTo(4.62, 2);

    await setUpBackend('wasm');
    const trainer = tinyTrainer([{ ...distilled, weights: { mlm: 1 } }]);
    const before = trainer.stepFlops();
    trainer.adjust(armSettings(0, { weights: { mlm: 1, ce: 1 } }));
    const more = trainer.stepFlops();
    expect(more).toBeGreaterThan(2 * before);
    // A term whose weight goes to 0 once it was computed stays in the step.
    await trained(trainer, 1);
    trainer.adjust(armSettings(0, { weights: { ce: 0 } }));
    expect(trainer.stepFlops()).toBe(more);
    trainer.dispose();
  });
});

describe('what the page takes an update to cost', () => {
  const second: Arm = { ...distilled, id: 'second' };
  const learning = (taughtBy: Arm['taughtBy'], changes: Partial<Arm> = {}): Arm => ({
    ...distilled,
    taughtBy,
    weights: { ce: 1, mlm: 1 },
    ...changes,
  });
  it.each<[string, Arm[]]>([
    ['the teacher', [distilled, twin]],
    ['masked words alone', [{ ...distilled, positions: 'masked' }]],
    ['nobody', [twin]],
    ['another teacher', [learning({ kind: 'member', index: 2 })]],
    ['another teacher, and the first', [learning({ kind: 'member', index: 2 }), second]],
    ['all teachers', [learning({ kind: 'ensemble', mean: 'probabilities' })]],
    ['another student', [learning({ kind: 'arm', id: 'second' }, { mapping: [1] }), second]],
    ['layers with projections', [{ ...distilled, weights: { hidn: 1, embd: 1 } }]],
    ['layers that replace its own', [{ ...distilled, choices: { blocks: 'replacing' } }]],
  ])('is what the trainer counts where a student learns from %s', async (_, arms) => {
    await setUpBackend('wasm');
    const experiment = { ...experimentOf(arms, { accumulation: 2 }), others: [{ kind: 'random' as const }] };
    const trainer = new Trainer(experiment, wordsOf(corpus), tinyTeacher, [randomTeacher(shape, 1)]);
    expect(costOfUpdate(experiment, shape)).toBe(trainer.stepFlops());
    trainer.dispose();
  });

  it('is what the trainer counts on a task, at a class a sequence', async () => {
    await setUpBackend('wasm');
    const row = (label: number) => ({ label, a: 'the day', b: 'the night' });
    const data = {
      labels: [...bundledTasks.same.labels],
      train: [row(0), row(1)],
      heldOut: [row(0), row(1)],
    };
    const source = rowsOf(encodeTask(tokenizer, data, 16), shape.vocabularySize);
    const onText = experimentOf([distilled, { ...twin, weights: { hidn: 1, mlm: 1 } }]);
    const onTask: Experiment = { ...onText, text: { kind: 'task', id: 'same' } };
    const head = headOf(data.labels);
    const tuned = { shape, weights: startingWeights(copyOfTeacher, shape, tinyTeacher, null, 1, head) };
    const trainer = new Trainer(onTask, source, tuned);
    expect(costOfUpdate(onTask, shape)).toBe(trainer.stepFlops());
    const own = { kind: 'rows', id: '0123456789abcdef', name: '', labels: data.labels.length } as const;
    expect(costOfUpdate({ ...onText, text: own }, shape)).toBe(trainer.stepFlops());
    // Without the product with the whole vocabulary at every token.
    expect(trainer.stepFlops()).toBeLessThan(0.7 * costOfUpdate(onText, shape));
    trainer.dispose();
  });

  it('is more with every teacher that somebody learns from', () => {
    const others = [{ kind: 'random' as const }];
    const costOf = (taughtBy: Arm['taughtBy']) =>
      costOfUpdate({ ...experimentOf([learning(taughtBy), second]), others }, shape);
    expect(costOf({ kind: 'member', index: 2 })).toBeGreaterThan(costOf(undefined));
    expect(costOf({ kind: 'ensemble', mean: 'logits' })).toBe(costOf({ kind: 'member', index: 2 }));
  });
});

describe('the time assumed for an update', () => {
  it('is shared by threads on WASM, and longest in plain JavaScript', () => {
    const seconds = (name: 'webgpu' | 'wasm' | 'cpu', threads = 1, software = false) =>
      assumedSeconds(6e9, { name, threads, software });
    expect(seconds('wasm')).toBeCloseTo(6 / assumedGflops.wasm, 9);
    expect(seconds('wasm', 4)).toBeCloseTo(seconds('wasm') / 4, 9);
    expect(seconds('webgpu', 1, true)).toBeCloseTo(6 / assumedGflops.emulatedWebgpu, 9);
    expect(seconds('webgpu')).toBeLessThan(seconds('wasm', 4));
    expect(seconds('cpu')).toBeGreaterThan(10 * seconds('webgpu', 1, true));
  });
});
