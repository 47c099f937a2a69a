/** methods.json is whole, and the terms that were there before it agree with it. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { cosineLoss, logitsLoss, predictionLosses } from '../../src/distill/distilbert';
import { attentionLosses, hiddenLosses } from '../../src/distill/tinybert';
import { describeOn, testBackends } from '../support/backends';
import { closeTo, tensorCloseTo } from '../support/closeTo';
import { caseOf, casesOf, type InputName, input, type MethodCase, methods } from './methods';

const { mask, labels, gold, lengths, sizes } = methods;
const N = sizes.B * sizes.L;

describe('methods.json', () => {
  it('has inputs whose numbers are as many as their shapes say, each the nearest to a float32', () => {
    for (const [name, { shape, values }] of Object.entries(methods.inputs)) {
      expect(values, name).toHaveLength(shape.reduce((a, b) => a * b, 1));
      for (const value of values) expect(Number(Math.fround(value).toPrecision(6)), name).toBe(value);
    }
  });

  it('has gradients of the shapes of their inputs, and none that is all 0', () => {
    for (const { term, gradients } of methods.cases) {
      expect(Object.keys(gradients), term).not.toEqual([]);
      for (const [name, { shape, values }] of Object.entries(gradients)) {
        expect(shape, `${term}, ${name}`).toEqual(input(name as InputName).shape);
        expect(
          values.some((value) => value !== 0),
          `${term}, ${name}`,
        ).toBe(true);
      }
    }
  });

  it('has no two cases of one term and the same settings', () => {
    const keys = methods.cases.map(({ term, settings }) => JSON.stringify([term, settings]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('labels some of the real tokens, with the words of the text', () => {
    expect(mask).toEqual(
      lengths.flatMap((length) => Array.from({ length: sizes.L }, (_, i) => +(i < length))),
    );
    const labelled = labels.flatMap((label, row) => (label >= 0 ? [row] : []));
    expect(labelled.length).toBeGreaterThanOrEqual(4);
    for (const row of labelled) expect([mask[row], gold[row]]).toEqual([1, labels[row]]);
  });

  it('says so where a case is asked for that it does not have', () => {
    expect(() => casesOf('jsd', { beta: 0.3 })).toThrow('jsd {"beta":0.3}');
    expect(() => caseOf('jsd', { beta: 0.5 })).toThrow('3 cases');
    expect(caseOf('attn', { heads: [1, 0], transform: 'scores', padding: 'counted' }).value).toBeGreaterThan(
      0,
    );
  });
});

const tensor = (name: InputName) => tf.tensor(input(name).values, input(name).shape);
const matrix = (name: InputName) => tensor(name) as tf.Tensor2D;

/** Each row's share in a mean over the rows that count. */
function sharesOf(positions: 'all' | 'masked') {
  const counted = positions === 'all' ? mask : labels.map((label) => +(label >= 0));
  return tf.tensor1d(counted).div(counted.reduce((a, b) => a + b)) as tf.Tensor1D;
}

async function expectGolden(
  { value: expected, gradients }: MethodCase,
  loss: (...student: tf.Tensor[]) => tf.Tensor,
) {
  const names = Object.keys(gradients) as InputName[];
  const { value, grads } = tf.valueAndGrads((...x) => loss(...x).sum() as tf.Scalar)(names.map(tensor));
  closeTo(await value.data(), [expected], 1e-5);
  for (const [i, name] of names.entries()) await tensorCloseTo(grads[i], gradients[name]!, 1e-5);
}

for (const backend of testBackends) {
  describeOn(backend, 'methods.json agrees', () => {
    const kl = casesOf('ce', { form: 'kl', teacherTemperature: 2, factor: 4 });
    it.each(kl)('with L_ce: $settings', async (golden) => {
      const { positions, studentTemperature } = golden.settings;
      const shares = tf.stack([sharesOf(positions), tf.zeros([N])]) as tf.Tensor2D;
      const soft = { teacherLogits: matrix('teacherLogits'), temperature: tf.tensor1d([studentTemperature]) };
      await expectGolden(golden, (z) => predictionLosses(z as tf.Tensor2D, { soft, shares }));
    });

    it('with L_mlm', async () => {
      const hard = { labels: tf.tensor1d(labels, 'int32').maximum(tf.scalar(-1, 'int32')) as tf.Tensor1D };
      const shares = tf.stack([tf.zeros([N]), sharesOf('masked')]) as tf.Tensor2D;
      await expectGolden(caseOf('mlm'), (z) => predictionLosses(z as tf.Tensor2D, { hard, shares }));
    });

    it.each(casesOf('mse'))('with L_mse: $settings', async (golden) => {
      const shares = sharesOf(golden.settings.positions);
      await expectGolden(golden, (z) => logitsLoss(z as tf.Tensor2D, matrix('teacherLogits'), shares));
    });

    it('with L_cos', async () => {
      const teacher = matrix('teacherHidden2');
      await expectGolden(caseOf('cos'), (h) => cosineLoss(h as tf.Tensor2D, teacher, sharesOf('all')));
    });

    it('with L_attn', async () => {
      const golden = caseOf('attn', { transform: 'scores', padding: 'counted', heads: 'each' });
      const teacher = [tensor('teacherScores0'), tensor('teacherScores1')] as tf.Tensor4D[];
      const real = tf.tensor2d(mask, [sizes.B, sizes.L]);
      await expectGolden(golden, (...scores) =>
        tf.addN(attentionLosses(scores as tf.Tensor4D[], teacher, real)),
      );
    });

    it.each([
      ['embd', [0]],
      ['hidn', [1, 2]],
    ] as const)('with TinyBERT’s L_%s', async (term, levels) => {
      const golden = caseOf(term, { width: 'narrow', projection: 'shared', padding: 'counted' });
      const teacher = levels.map((level) => matrix(`teacherHidden${level}`));
      await expectGolden(golden, (...all) => {
        const [states, [weight, bias]] = [all.slice(0, levels.length), all.slice(levels.length)];
        const projection = { weight: weight as tf.Tensor2D, bias: bias as tf.Tensor1D };
        return tf.addN(hiddenLosses(states as tf.Tensor2D[], teacher, projection));
      });
    });
  });
}
