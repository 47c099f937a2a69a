import * as tf from '@tensorflow/tfjs';
import { afterAll, expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { type DropoutAt, dropoutFactors } from '../../src/kernels/dropout/dropout';
import type { FusedKernel } from '../../src/kernels/kernel';
import { geluGradientKernel, matMulKernel } from '../../src/kernels/matMul/kernel';
import { feedForward, linear, product, projectedDifference } from '../../src/kernels/matMul/matMul';
import { type MatMulAttributes, matMulDefaults } from '../../src/kernels/matMul/reference';
import { candidates, setMatMulVariants, type Variant } from '../../src/kernels/matMul/variants';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';
import { differentiate } from './differentiate';

type Extra = 'bias' | 'residual' | 'preactivation';

interface Case {
  m: number;
  k: number;
  n: number;
  attributes?: Partial<MatMulAttributes>;
  extras?: Extra[];
}

const [transposeA, transposeB, keepPreactivation, rowSums] = [true, true, true, true];
const residualSign = -1;

const cases: Case[] = [
  { m: 1, k: 24, n: 11, attributes: { transposeB }, extras: ['bias'] },
  {
    m: 7,
    k: 312,
    n: 33,
    attributes: { transposeB, activation: 'gelu', keepPreactivation },
    extras: ['bias'],
  },
  { m: 33, k: 7, n: 128, attributes: { activation: 'geluGradient' }, extras: ['preactivation'] },
  { m: 128, k: 64, n: 24, extras: ['residual'] },
  { m: 33, k: 64, n: 312, attributes: { transposeB, residualSign }, extras: ['bias', 'residual'] },
  { m: 312, k: 33, n: 24, attributes: { transposeA, rowSums } },
  { m: 128, k: 512, n: 64, attributes: { transposeA, rowSums } },
  { m: 33, k: 7, n: 25, attributes: { transposeA, transposeB, residualSign }, extras: ['residual'] },
  { m: 8, k: 64, n: 30522, attributes: { transposeB }, extras: ['bias'] },
  { m: 30522, k: 7, n: 24, attributes: { transposeA, rowSums } },
  { m: 2, k: 30522, n: 24 },
  {
    m: 128,
    k: 128,
    n: 96,
    attributes: { transposeB, activation: 'gelu' },
    extras: ['bias', 'residual'],
  },
  // All that there is: eight bindings.
  {
    m: 5,
    k: 6,
    n: 7,
    attributes: { activation: 'geluGradient', keepPreactivation, rowSums },
    extras: ['bias', 'residual', 'preactivation'],
  },
];

function inputsOf({ m, k, n, attributes = {}, extras = [] }: Case): Record<string, Input> {
  const shapes = { bias: [n], residual: [m, n], preactivation: [m, n] };
  return {
    a: noise(attributes.transposeA ? [k, m] : [m, k], 1),
    b: noise(attributes.transposeB ? [n, k] : [k, n], 2),
    ...Object.fromEntries(extras.map((name, i) => [name, noise(shapes[name], 3 + i, 2)])),
  };
}

const check = (product: Case) =>
  checkKernel(matMulKernel, inputsOf(product), { ...matMulDefaults, ...product.attributes });

const tensorsOf = (inputs: Record<string, Input>) =>
  Object.values(inputs).map(({ values, shape }) => tf.tensor(values, [...shape]));

/** What a layer gives, and its gradients for an upstream dy, against a kernel's reference and its differences. */
async function expectGradients<A extends MatMulAttributes>(
  operation: (...inputs: tf.Tensor[]) => tf.Tensor,
  kernel: FusedKernel<A>,
  inputs: Record<string, Input>,
  attributes: A,
  constants: Record<string, Input> = {},
) {
  const all = { ...inputs, ...constants };
  const [y] = referenceOf(kernel, all, attributes).outputs;
  const shapes = Object.fromEntries(Object.entries(all).map(([name, { shape }]) => [name, shape]));
  const dy = noise(kernel.outputs(shapes, attributes)[0], 9);
  const [dyTensor] = tensorsOf({ dy });
  const { value, grads } = tf.valueAndGrads((...x) => operation(...x))(tensorsOf(inputs), dyTensor);
  closeTo(await value.data(), y);
  for (const [i, name] of Object.keys(inputs).entries()) {
    const expected = differentiate(kernel, all, attributes, [dy.values], name);
    expect(grads[i].shape).toEqual([...inputs[name].shape]);
    closeTo(await grads[i].data(), expected, 1e-4, name);
  }
}

/** The feed-forward layer as a kernel, by the references of its two products. */
const feedForwardReference: FusedKernel<MatMulAttributes> = {
  ...matMulKernel,
  outputs: ({ x }) => [x],
  reference: ({ x, up, upBias, down, downBias }, shapes, attributes, [y]) => {
    const inner = new Float64Array(shapes.x[0] * shapes.up[0]);
    const first = { a: shapes.x, b: shapes.up, bias: shapes.upBias };
    const second = {
      a: [shapes.x[0], shapes.up[0]],
      b: shapes.down,
      bias: shapes.downBias,
      residual: shapes.x,
    };
    matMulKernel.reference({ a: x, b: up, bias: upBias }, first, { ...attributes, activation: 'gelu' }, [
      inner,
    ]);
    matMulKernel.reference({ a: inner, b: down, bias: downBias, residual: x }, second, attributes, [y]);
  },
};

const linearInputs = (withResidual: boolean) => ({
  a: noise([5, 6], 1),
  b: noise([7, 6], 2),
  bias: noise([7], 3),
  ...(withResidual ? { residual: noise([5, 7], 4) } : {}),
});

const feedForwardInputs = () => ({
  x: noise([5, 6], 1),
  up: noise([9, 6], 2),
  upBias: noise([9], 3),
  down: noise([6, 9], 4),
  downBias: noise([6], 5),
});

const layer = (x: tf.Tensor[], at: DropoutAt | null = null) =>
  feedForward(...(x as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D]), at);

/** The same by plain operations on both products. */
function plainLayer([x, up, upBias, down, downBias]: tf.Tensor[], at: DropoutAt) {
  const inner = linear(x as tf.Tensor2D, up as tf.Tensor2D, upBias as tf.Tensor1D, { activation: 'gelu' });
  const output = linear(inner, down as tf.Tensor2D, downBias as tf.Tensor1D);
  return output.mul(dropoutFactors(at, output.shape)).add(x);
}

/** The kernels that f runs, and the shapes of what they give. */
async function kernelsOf(f: () => tf.TensorContainer) {
  const { kernels } = await tf.profile(() => tf.tidy(f));
  return kernels.filter(({ name }) => name.startsWith('Stillroom'));
}

export function describeMatMul(backend: BackendName) {
  describeKernels(backend, 'matMul', () => {
    it.each(cases)('agrees with its reference, %j', check);

    it('has the gelu of the error function, and its derivative, also far from 0', async () => {
      const x = { shape: [361, 1], values: Float32Array.from({ length: 361 }, (_, i) => (i - 180) / 20) };
      const one = { shape: [1, 1], values: Float32Array.of(1) };
      const gelu = { ...matMulDefaults, activation: 'gelu' } as const;
      await checkKernel(matMulKernel, { a: x, b: one }, gelu, { tolerance: 1e-6 });
      const dy = { shape: [361, 1], values: new Float32Array(361).fill(1) };
      await checkKernel(geluGradientKernel, { dy, preactivation: x }, {}, { tolerance: 1e-6 });
    });

    it.each([[[3, 67]], [[8, 12]]])('multiplies by the derivative of gelu, %j', async (shape) => {
      await checkKernel(geluGradientKernel, { dy: noise(shape, 1), preactivation: noise(shape, 2, 3) }, {});
    });

    it('gives the same bits every time', async () => {
      const a = tf.tensor2d(noise([300, 70], 1).values, [300, 70]);
      const b = tf.tensor2d(noise([300, 50], 2).values, [300, 50]);
      const run = () => product(a, b, true).data();
      expect(await run()).toEqual(await run());
    });
  });

  describeKernels(backend, 'linear layers', () => {
    it.each([false, true])('linear, residual %j', async (withResidual) => {
      await expectGradients(
        (x, weight, bias, residual) =>
          linear(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D, {
            residual: residual as tf.Tensor2D | undefined,
          }),
        matMulKernel,
        linearInputs(withResidual),
        { ...matMulDefaults, transposeB },
      );
    });

    it.each([false, true])('linear with gelu, residual %j', async (withResidual) => {
      await expectGradients(
        (x, weight, bias, residual) =>
          linear(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D, {
            activation: 'gelu',
            residual: residual as tf.Tensor2D | undefined,
          }),
        matMulKernel,
        linearInputs(withResidual),
        { ...matMulDefaults, transposeB, activation: 'gelu' },
      );
    });

    it('feedForward', async () => {
      const attributes = { ...matMulDefaults, transposeB };
      await expectGradients((...x) => layer(x), feedForwardReference, feedForwardInputs(), attributes);
    });

    it('projectedDifference', async () => {
      const target = noise([5, 7], 4);
      const [constant] = tensorsOf({ target });
      await expectGradients(
        (h, weight, bias) =>
          projectedDifference(
            h as tf.Tensor2D,
            weight as tf.Tensor2D,
            bias as tf.Tensor1D,
            constant as tf.Tensor2D,
          ),
        matMulKernel,
        linearInputs(false),
        { ...matMulDefaults, transposeB, residualSign },
        { residual: target },
      );
    });

    it('a feed-forward layer is two products, and four more for its gradient', async () => {
      const inputs = tensorsOf(feedForwardInputs());
      const forward = await kernelsOf(() => layer(inputs));
      expect(forward.map(({ name }) => name)).toEqual(Array(2).fill('StillroomMatMul'));
      const withGradient = await kernelsOf(() => tf.grads((...x) => layer(x))(inputs));
      expect(withGradient.map(({ name }) => name)).toEqual(Array(6).fill('StillroomMatMul'));
    });

    it('a feed-forward layer that drops is what plain operations are, gradients too', async () => {
      const inputs = tensorsOf(feedForwardInputs());
      const at = { rate: 0.4, seed: tf.tensor1d([5], 'int32'), place: 3 };
      const [dy] = tensorsOf({ dy: noise([5, 6], 6) });
      const of = (operation: (x: tf.Tensor[]) => tf.Tensor) => {
        const { value, grads } = tf.valueAndGrads((...x) => operation(x))(inputs, dy);
        return [value, ...grads];
      };
      const ours = of((x) => layer(x, at));
      const plain = of((x) => plainLayer(x, at));
      for (const [i, tensor] of ours.entries()) {
        closeTo(await tensor.data(), await plain[i].data(), 1e-5, `tensor ${i}`);
      }
      expect(await ours[0].data()).not.toEqual(await layer(inputs).data());
    });

    it('keeps the preactivation only for a gradient', async () => {
      const inputs = tensorsOf(feedForwardInputs());
      const [inference] = await kernelsOf(() => layer(inputs));
      expect(inference.outputShapes).toEqual([[5, 9]]);
      const [training] = await kernelsOf(() => tf.grads((...x) => layer(x))(inputs));
      expect(training.outputShapes).toEqual([
        [5, 9],
        [5, 9],
      ]);
    });

    it('leaves nothing behind', async () => {
      const inputs = tensorsOf(feedForwardInputs());
      const before = tf.backend().numDataIds();
      tf.dispose(tf.grads((...x) => layer(x))(inputs));
      expect(tf.backend().numDataIds()).toBe(before);
    });
  });
}

const single: Variant = { kind: 'register', tile: [8, 16], threads: 4, quads: false };

/** Every form that some machine may choose, on sizes that end in the middle of a tile and of what is read by four. */
export function describeMatMulVariants() {
  const variants = [single, ...Object.values(candidates).flat()];
  const texts = new Map(variants.map((variant) => [JSON.stringify(variant), variant]));
  describeOn('webgpu', 'matMul, variant', () => {
    afterAll(() => setMatMulVariants(null));
    it.each([...texts])('%s', async (_, variant) => {
      setMatMulVariants({ deep: variant, small: variant, large: variant });
      await check({ m: 37, k: 71, n: 41, attributes: { transposeA, rowSums } });
      await check({ m: 68, k: 36, n: 76, attributes: { transposeB }, extras: ['bias'] });
    });
  });
}
