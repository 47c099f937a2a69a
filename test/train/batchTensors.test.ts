import { beforeAll, describe, expect, it } from 'vitest';
import { trainBatch } from '../../src/data/batches';
import { BatchTensors } from '../../src/train/batchTensors';
import { batchSizes } from '../../src/train/evaluation';
import { setUpBackend } from '../support/backends';
import { corpus, distilled, experimentOf } from './tinyExperiment';

const { training } = experimentOf([distilled]);
const V = corpus.tokenizer.vocabulary.length;
const batch = trainBatch(corpus, training, 0, 0);

describe('a batch on the device', () => {
  beforeAll(() => setUpBackend('wasm'));

  it('permutes the shuffled teacher anew at each step, and the same at one step', async () => {
    const tensors = new BatchTensors(batchSizes(batch, V));
    const at = async (step: number, seed = 1) => {
      tensors.write(batch, { seed, step });
      return [...(await tensors.permutation.data())];
    };
    const first = await at(0);
    expect(first.toSorted((a, b) => a - b)).toEqual(Array.from({ length: V }, (_, v) => v));
    expect(await at(1)).not.toEqual(first);
    expect(await at(0, 2)).not.toEqual(first);
    expect(await at(0)).toEqual(first);
    tensors.dispose();
  });

  it('knows the words that stood there before masking, and which words the permutation takes to them', async () => {
    const tensors = new BatchTensors(batchSizes(batch, V));
    tensors.write(batch, { seed: 1, step: 0 });
    const permutation = await tensors.permutation.data();
    expect(batch.inputIds).not.toEqual(batch.originalIds);
    // None in padding, nor where the list of masked words is filled up.
    const gold = {
      all: batch.originalIds.map((id, n) => (batch.attentionMask[n] === 0 ? -1 : id)),
      masked: batch.labels.map((label, m) => (batch.maskedWeights[m] === 0 ? -1 : label)),
    };
    const given = { all: batch.originalIds, masked: batch.labels };
    for (const rows of ['all', 'masked'] as const) {
      expect(await tensors.rows[rows].gold.data()).toEqual(gold[rows]);
      const preimages = await tensors.rows[rows].goldPreimages.data();
      expect(Int32Array.from(preimages, (word) => permutation[word])).toEqual(given[rows]);
    }
    tensors.dispose();
  });
});
