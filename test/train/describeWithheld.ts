import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { teacherModel } from '../../src/config/modelIds';
import type { BackendName } from '../../src/config/results';
import { withheldBatches } from '../../src/data/batches';
import { wordsOf } from '../../src/data/batchSource';
import { withoutWord } from '../../src/data/withheld';
import { heldOutBatchSize } from '../../src/train/heldOutPart';
import { Trainer } from '../../src/train/trainer';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { corpus, distilled, experimentOf, teacher, tokenizer, trained, twin } from './tinyExperiment';

const word = 'she';
const experiment = {
  ...experimentOf([distilled, twin]),
  text: { kind: 'bundled', id: 'stories', without: word } as const,
};
const pause = async () => {};

export function describeWithheld(backend: BackendName) {
  describeOn(backend, 'the figure of a withheld word', () => {
    it('is what comes of asking for each place by itself', async () => {
      const rest = withoutWord(corpus, tokenizer, word);
      const trainer = new Trainer(experiment, wordsOf(rest), teacher);
      await trained(trainer, 5);
      const before = tf.memory().numTensors;
      const { withheld } = await trainer.evaluate('sample', pause);
      const again = await trainer.evaluate('full', pause);
      expect(again.withheld).toEqual(withheld);
      expect(withheld!.places).toBeGreaterThan(20);

      const { id } = rest.withheld!;
      const options = { ...experiment.training, batchSize: heldOutBatchSize };
      const { batches, places, heldOut } = withheldBatches(rest, options)!;
      expect(withheld).toMatchObject({ places, heldOut });
      const sums: Record<string, { right: number; log: number }> = {};
      for (const { inputIds, maskedPositions, maskedCount, attentionMask, sequenceLength } of batches) {
        for (const position of maskedPositions.subarray(0, maskedCount)) {
          const start = position - (position % sequenceLength);
          const ids = [...inputIds.subarray(start, start + sequenceLength)].filter(
            (_, l) => attentionMask[start + l] === 1,
          );
          for (const { id: model, logits } of await trainer.probe(ids, position - start)) {
            const values = Array.from(logits);
            const most = Math.max(...values);
            const total = values.reduce((sum, value) => sum + Math.exp(value - most), 0);
            sums[model] ??= { right: 0, log: 0 };
            const sum = sums[model];
            sum.log += values[id] - most - Math.log(total);
            sum.right += Number(values.indexOf(most) === id);
          }
        }
      }
      for (const [model, { right, log }] of Object.entries(sums)) {
        const figure = model === teacherModel ? withheld!.teacher! : withheld!.arms[model];
        expect(figure.accuracy).toBeCloseTo(right / places, 6);
        closeTo([figure.logProbability], [log / places], 1e-4);
      }
      expect(Object.keys(sums)).toEqual([teacherModel, 'distilled', 'twin']);
      await trainer.evaluate('sample', pause);
      expect(tf.memory().numTensors - before).toBeLessThan(200);
      trainer.dispose();
    });

    it('is not there where no word is withheld', async () => {
      const trainer = new Trainer(experimentOf([distilled]), wordsOf(corpus), teacher);
      expect(await trainer.evaluate('sample', pause)).not.toHaveProperty('withheld');
      trainer.dispose();
    });
  });
}
