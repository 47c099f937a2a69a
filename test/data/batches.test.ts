import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedSlots } from '../../src/config/maskCount';
import { presets } from '../../src/config/presets';
import { ProblemError } from '../../src/config/problems';
import { type Batch, heldOutBatches, trainBatch } from '../../src/data/batches';
import { buildCorpus } from '../../src/data/corpus';
import { corpus, stories, tokenizer } from './samples';

const { special } = tokenizer;
const training = presets.tiny.training;
const { batchSize, sequenceLength } = training;

const rowsOf = ({ originalIds, attentionMask }: Batch) =>
  Array.from({ length: batchSize }, (_, b) =>
    originalIds
      .slice(b * sequenceLength, (b + 1) * sequenceLength)
      .filter((_, l) => attentionMask[b * sequenceLength + l] === 1)
      .join(' '),
  ).filter((row) => row !== '');

function checkBatch(batch: Batch) {
  const size = batchSize * sequenceLength;
  const slots = Math.ceil(training.maskProbability * size);
  expect(batch.inputIds).toHaveLength(size);
  expect(batch.originalIds).toHaveLength(size);
  for (const array of [batch.labels, batch.maskedPositions, batch.maskedWeights])
    expect(array).toHaveLength(slots);
  expect(batch.tokenCount).toBe(batch.attentionMask.reduce((sum, one) => sum + one, 0));
  expect(batch.maskedCount).toBe(Math.ceil(training.maskProbability * batch.tokenCount));
  batch.attentionMask.forEach((one, i) => {
    expect(batch.originalIds[i] === special.pad).toBe(one === 0);
    if (one === 0) expect(batch.inputIds[i]).toBe(special.pad);
  });
  batch.maskedWeights.forEach((weight, m) => {
    expect(weight).toBe(m < batch.maskedCount ? 1 : 0);
    expect(batch.labels[m]).toBe(batch.originalIds[batch.maskedPositions[m]]);
    if (weight === 1) expect(Object.values(special)).not.toContain(batch.labels[m]);
  });
}

describe('trainBatch', () => {
  test('shapes, padding and filler', () => {
    for (let step = 0; step < 20; step++) checkBatch(trainBatch(corpus, training, step, 0));
  });

  test('an epoch shows each sequence once', () => {
    const wanted = corpus.train.map((sequence) => sequence.join(' '));
    const batches = Math.ceil((2 * wanted.length) / batchSize);
    const seen = Array.from({ length: batches }, (_, step) =>
      rowsOf(trainBatch(corpus, training, step, 0)),
    ).flat();
    const epochs = [seen.slice(0, wanted.length), seen.slice(wanted.length, 2 * wanted.length)];
    expect([...epochs[0]].sort()).toEqual([...wanted].sort());
    expect([...epochs[1]].sort()).toEqual([...wanted].sort());
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  test('stateless: equal keys give equal batches, other seeds, steps and micro-batches others', () => {
    const key = fc.record({ seed: fc.nat(1e9), step: fc.nat(5000), micro: fc.nat(3) });
    fc.assert(
      fc.property(key, ({ seed, step, micro }) => {
        const at = (s: number, t: number, m: number) =>
          trainBatch(corpus, { ...training, seed: s, accumulation: 4 }, t, m);
        const batch = at(seed, step, micro);
        trainBatch(corpus, training, step + 1, 0);
        expect(at(seed, step, micro)).toEqual(batch);
        expect(at(seed + 1, step, micro).inputIds).not.toEqual(batch.inputIds);
        expect(at(seed, step + 1, micro).inputIds).not.toEqual(batch.inputIds);
        expect(at(seed, step, (micro + 1) % 4).inputIds).not.toEqual(batch.inputIds);
      }),
      { numRuns: 20 },
    );
  });

  test('accumulated batches go on in the same row of sequences', () => {
    const accumulated = { ...training, accumulation: 3 };
    expect(trainBatch(corpus, accumulated, 2, 1)).toEqual(trainBatch(corpus, training, 7, 0));
  });
});

describe('heldOutBatches', () => {
  const all = heldOutBatches(corpus, training, 'all');

  test('each held-out sequence once, none of them trained on', () => {
    all.forEach(checkBatch);
    const rows = all.flatMap(rowsOf).sort();
    expect(rows).toEqual(corpus.heldOut.map((sequence) => sequence.join(' ')).sort());
  });

  test("masks don't depend on the seed, and a sample is the beginning of the whole", () => {
    expect(heldOutBatches(corpus, { ...training, seed: 99 } as typeof training, 'all')).toEqual(all);
    expect(heldOutBatches(corpus, training, 3)).toEqual(all.slice(0, 3));
    expect(heldOutBatches(corpus, training, 10_000)).toHaveLength(all.length);
  });

  test('all selected tokens are [MASK]', () => {
    for (const { maskedPositions, maskedCount, inputIds } of all) {
      expect(maskedPositions.subarray(0, maskedCount).every((at) => inputIds[at] === special.mask)).toBe(
        true,
      );
    }
  });
});

describe('any share, size and length', () => {
  const words = special.mask + 1;
  /** Sequences that are as long as can be, or shorter; each word an id of its own. */
  const textOf = (lengths: number[]) => {
    const sequences = lengths.map((length) =>
      Int32Array.from({ length }, (_, i) =>
        i === 0 ? special.cls : i === length - 1 ? special.sep : words + (i % 50),
      ),
    );
    return { ...corpus, train: sequences, heldOut: sequences };
  };

  test('no more words are drawn than there are slots, and no batch fails', () => {
    const setting = fc
      .record({
        hundredths: fc.integer({ min: 1, max: 90 }),
        batchSize: fc.integer({ min: 1, max: 64 }),
        sequenceLength: fc.integer({ min: 8, max: 128 }),
        full: fc.boolean(),
        seed: fc.nat(1e9),
      })
      .map((values) => ({ ...training, ...values, maskProbability: values.hundredths / 100 }));
    fc.assert(
      fc.property(setting, (options) => {
        const { sequenceLength, batchSize, full, maskProbability } = options;
        const rows = Array.from({ length: batchSize + 1 }, (_, i) =>
          full ? sequenceLength : 3 + ((i * 7) % (sequenceLength - 2)),
        );
        const text = textOf(rows);
        for (const batch of [trainBatch(text, options, 1, 0), ...heldOutBatches(text, options, 'all')]) {
          const slots = batch.labels.length;
          expect(slots).toBe(maskedSlots(options));
          expect(batch.maskedCount).toBeLessThanOrEqual(slots);
          const maskable = batch.tokenCount - 2 * batch.sequenceCount;
          const wanted = Math.ceil(maskProbability * batch.tokenCount);
          expect(batch.maskedCount).toBe(Math.min(wanted, maskable));
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [0.55, 10, 10],
    [0.55, 5, 20],
    [0.07, 15, 20],
  ])('p = %f, %i sequences of %i tokens', (maskProbability, batchSize, sequenceLength) => {
    const text = textOf(Array(batchSize).fill(sequenceLength));
    const batch = trainBatch(text, { ...training, batchSize, sequenceLength, maskProbability }, 0, 0);
    expect(batch.maskedCount).toBe(batch.labels.length);
  });
});

describe('buildCorpus', () => {
  test('counts texts and words', () => {
    expect(corpus.texts).toBe(300);
    const words =
      stories
        .slice(0, 300)
        .join(' ')
        .match(/[a-z0-9]+/gi)?.length ?? 0;
    expect(corpus.words).toBe(words);
  });

  test('refuses a text of too few sequences', () => {
    expect(() => buildCorpus(tokenizer, stories.slice(0, 3), 32)).toThrow(ProblemError);
  });
});
