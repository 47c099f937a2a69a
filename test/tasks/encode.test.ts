import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { finish } from '../../src/data/work';
import { encodeTask, encodeTexts, fitting, longestFirst } from '../../src/tasks/encode';
import {
  makeTaskBatch,
  type TaskBatch,
  taskHeldOutBatches,
  taskTrainBatch,
} from '../../src/tasks/taskBatches';
import { tokenizer } from '../data/samples';
import { tasks } from './taskSamples';

const { cls, sep, pad } = tokenizer.special;

/** [first, second, most, first left, second left], from Hugging Face's tokenizers 0.23.3. */
const golden: [number, number, number, number, number][] = [
  [0, 9, 5, 0, 5],
  [9, 0, 5, 5, 0],
  [2, 2, 5, 2, 2],
  [2, 9, 5, 2, 3],
  [9, 2, 5, 3, 2],
  [3, 9, 5, 2, 3],
  [9, 3, 5, 3, 2],
  [7, 7, 5, 2, 3],
  [8, 7, 5, 3, 2],
  [7, 8, 5, 2, 3],
  [20, 6, 5, 3, 2],
  [6, 20, 5, 2, 3],
  [30, 31, 5, 2, 3],
  [31, 30, 5, 3, 2],
  [0, 9, 6, 0, 6],
  [9, 0, 6, 6, 0],
  [2, 2, 6, 2, 2],
  [2, 9, 6, 2, 4],
  [9, 2, 6, 4, 2],
  [3, 9, 6, 3, 3],
  [9, 3, 6, 3, 3],
  [7, 7, 6, 3, 3],
  [8, 7, 6, 3, 3],
  [7, 8, 6, 3, 3],
  [20, 6, 6, 3, 3],
  [6, 20, 6, 3, 3],
  [30, 31, 6, 3, 3],
  [31, 30, 6, 3, 3],
  [0, 9, 13, 0, 9],
  [9, 0, 13, 9, 0],
  [2, 2, 13, 2, 2],
  [2, 9, 13, 2, 9],
  [9, 2, 13, 9, 2],
  [3, 9, 13, 3, 9],
  [9, 3, 13, 9, 3],
  [7, 7, 13, 6, 7],
  [8, 7, 13, 7, 6],
  [7, 8, 13, 6, 7],
  [20, 6, 13, 7, 6],
  [6, 20, 13, 6, 7],
  [30, 31, 13, 6, 7],
  [31, 30, 13, 7, 6],
];

test.each(golden)('longest first: %i and %i tokens in %i places', (first, second, most, ...left) => {
  expect(longestFirst(first, second, most)).toEqual(left);
});

const text = fc
  .array(fc.constantFrom('the', 'cat', 'sat', 'yesterday', 'unhurriedly'), { maxLength: 30 })
  .map((w) => w.join(' '));

describe('encodeTexts', () => {
  test('[CLS] a [SEP], or [CLS] a [SEP] b [SEP], at most L tokens', () => {
    fc.assert(
      fc.property(
        text,
        fc.option(text, { nil: undefined }),
        fc.integer({ min: 8, max: 64 }),
        (a, b, length) => {
          const { ids, second, cut } = encodeTexts(tokenizer, { a, b }, length);
          const all = [a, ...(b === undefined ? [] : [b])].map((one) => tokenizer.encode(one));
          const whole = all.reduce((sum, one) => sum + one.length + 1, 1);
          expect(cut).toBe(whole > length);
          expect(ids).toHaveLength(Math.min(whole, length));
          expect([ids[0], ids[second - 1], ids.at(-1)]).toEqual([cls, sep, sep]);
          const parts = [ids.slice(1, second - 1), ids.slice(second, -1)];
          all.forEach((one, i) => {
            expect([...parts[i]]).toEqual(one.slice(0, parts[i].length));
          });
          if (b === undefined) expect(second).toBe(ids.length);
        },
      ),
    );
  });

  it('counts what will be cut', () => {
    const rows = [
      { label: 0, a: 'the cat' },
      { label: 1, a: 'the '.repeat(30) },
    ];
    expect(finish(fitting(tokenizer, rows, 32))).toEqual({ positions: 32, cut: 0, unknownShare: 0 });
    expect(finish(fitting(tokenizer, rows, 31))).toMatchObject({ cut: 1 });
    expect(encodeTask(tokenizer, { labels: ['a', 'b'], train: rows, heldOut: rows }, 31).cut).toBe(2);
  });
});

const task = encodeTask(tokenizer, tasks.same, 32);
const training = { batchSize: 16, sequenceLength: 32, seed: 7, accumulation: 1 };

function check({
  inputIds,
  attentionMask,
  segmentIds,
  labels,
  maskedPositions,
  maskedWeights,
  rows,
  ...batch
}: TaskBatch) {
  expect([inputIds, attentionMask, segmentIds!].map(({ length }) => length)).toEqual([512, 512, 512]);
  expect(batch.tokenCount).toBe(attentionMask.reduce((sum, one) => sum + one, 0));
  expect(batch.maskedCount).toBe(rows.length);
  expect([...maskedPositions]).toEqual(Array.from({ length: 16 }, (_, b) => 32 * b));
  for (let b = 0; b < 16; b++) {
    const row = rows[b];
    expect(maskedWeights[b]).toBe(row ? 1 : 0);
    expect(labels[b]).toBe(row?.label ?? 0);
    for (let l = 0; l < 32; l++) {
      const at = 32 * b + l;
      const isToken = l < (row?.ids.length ?? 0);
      expect(inputIds[at]).toBe(isToken ? row.ids[l] : pad);
      expect(attentionMask[at]).toBe(isToken ? 1 : 0);
      expect(segmentIds![at]).toBe(isToken && l >= row.second ? 1 : 0);
    }
  }
}

describe('batches of a task', () => {
  test('shapes, types and padding', () => {
    for (let step = 0; step < 5; step++) check(taskTrainBatch(task, training, step, 0));
    taskHeldOutBatches(task, training, 'all').forEach(check);
    check(makeTaskBatch(task, [], training));
  });

  test('an epoch shows each training row once, and no held-out row', () => {
    const steps = Math.ceil(task.train.length / 16);
    const seen = Array.from(
      { length: steps },
      (_, step) => taskTrainBatch(task, training, step, 0).rows,
    ).flat();
    expect(new Set(seen.slice(0, task.train.length))).toEqual(new Set(task.train));
  });

  test('single texts have no segments, for training and held out', () => {
    const single = encodeTask(tokenizer, tasks.feelings, 32);
    expect(taskTrainBatch(single, training, 0, 0)).not.toHaveProperty('segmentIds');
    for (const batch of taskHeldOutBatches(single, training, 2)) {
      expect(batch).not.toHaveProperty('segmentIds');
    }
  });

  test('are drawn from seed, step and micro-batch alone', () => {
    const batch = taskTrainBatch(task, training, 41, 0);
    taskTrainBatch(task, training, 300, 0);
    expect(taskTrainBatch(task, training, 41, 0)).toEqual(batch);
    expect(taskTrainBatch(task, { ...training, accumulation: 4 }, 10, 1)).toEqual(batch);
    expect(taskTrainBatch(task, { ...training, seed: 8 }, 41, 0).inputIds).not.toEqual(batch.inputIds);
  });

  test('held-out rows come once, in one order', () => {
    const all = taskHeldOutBatches(task, training, 'all');
    expect(new Set(all.flatMap(({ rows }) => rows))).toEqual(new Set(task.heldOut));
    expect(all.at(-1)!.maskedCount).toBe(task.heldOut.length % 16);
    expect(taskHeldOutBatches(task, training, 2)).toEqual(all.slice(0, 2));
    for (const { rows, heldOutRows } of all) {
      expect(rows).toEqual(Array.from(heldOutRows!, (row) => task.heldOut[row]));
    }
    expect(task.heldOutTexts).toEqual(tasks.same.heldOut);
  });
});

test('what is lost to [UNK] is told', () => {
  expect(task.unknownShare).toBeLessThan(0.001);
  const rows = [{ label: 0, a: 'the 猫' }];
  const lost = encodeTask(tokenizer, { labels: ['a', 'b'], train: rows, heldOut: [] }, 16).unknownShare;
  expect(lost).toBeCloseTo(0.25, 6);
});
