import * as tf from '@tensorflow/tfjs';
import { expect, it, vi } from 'vitest';
import { headOf, mlm } from '../../src/config/heads';
import { randomStream } from '../../src/data/random';
import { embeddingKernel } from '../../src/kernels/embedding/kernel';
import { randomWeights } from '../../src/model/initialise';
import { parameterShapes } from '../../src/model/parameterNames';
import { measureLatencies } from '../../src/train/latency';
import { disposeModel, frozenModel } from '../../src/train/model';
import { describeOn, testBackends } from '../support/backends';
import { shape } from './tinyExperiment';

const modelOf = (classes: string[] | null) => {
  const head = headOf(classes);
  const draw = (name: string) => randomStream(1, 0, name);
  return frozenModel(shape, randomWeights(parameterShapes(shape, head), draw), head);
};

for (const backend of testBackends) {
  describeOn(backend, 'latency of models with a head of their own', () => {
    it('is that of their logits, and one for models of one shape and head', async () => {
      const words = { id: 'words', model: modelOf(null) };
      const two = { id: 'two', model: modelOf(['a', 'b']) };
      const same = { id: 'same', model: modelOf(['c', 'd']) };
      expect([words.model.head, two.model.head]).toEqual([mlm, { kind: 'classify', classes: 2 }]);
      const { numTensors } = tf.memory();
      const kernels = vi.spyOn(tf.engine(), 'runKernel');
      const reads = vi.spyOn(tf.Tensor.prototype, 'data');
      const latencies = await measureLatencies(
        [words, two, same],
        { length: 8, pairs: true },
        async () => {},
      );
      const read = new Set(reads.mock.contexts.map((tensor) => String((tensor as tf.Tensor).shape)));
      const embeddings = kernels.mock.calls.filter(([name]) => name === embeddingKernel.name);
      for (const spy of [kernels, reads]) spy.mockRestore();
      expect(embeddings.length).toBeGreaterThan(40);
      expect(embeddings.every(([, inputs]) => 'segments' in inputs)).toBe(true);
      expect(read).toEqual(
        new Set([`1,${shape.vocabularySize}`, '1,2', `32,${shape.vocabularySize}`, '32,2']),
      );
      expect(latencies.same).toEqual(latencies.two);
      expect(latencies.two).not.toEqual(latencies.words);
      expect(tf.memory().numTensors).toBe(numTensors);
      for (const { model } of [words, two, same]) disposeModel(model);
    });
  });
}
