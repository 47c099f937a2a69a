import { describe, expect, it } from 'vitest';
import { cosineLossGradientKernel, cosineLossKernel } from '../../src/kernels/cosineLoss/kernel';
import { decoupledLossGradientKernel, decoupledLossKernel } from '../../src/kernels/decoupledLoss/kernel';
import { embeddingGradientKernel, embeddingKernel } from '../../src/kernels/embedding/kernel';
import type { Attributes, FusedKernel } from '../../src/kernels/kernel';
import { layerNormGradientKernel, layerNormKernel } from '../../src/kernels/layerNorm/kernel';
import { logitDistanceGradientKernel, logitDistanceKernel } from '../../src/kernels/logitDistance/kernel';
import { objectiveGradientKernel, objectiveKernel } from '../../src/kernels/objective/kernel';
import { squaredErrorGradientKernel, squaredErrorKernel } from '../../src/kernels/squaredError/kernel';
import {
  standardisedLossGradientKernel,
  standardisedLossKernel,
} from '../../src/kernels/standardisedLoss/kernel';
import { closeTo } from '../support/closeTo';
import { type Input, noise, referenceOf } from './checkKernel';
import { decoupledLossInputs } from './describeDecoupledLoss';
import { logitDistanceInputs } from './describeLogitDistance';
import { standardisedLossInputs } from './describeStandardisedLoss';
import { differentiate } from './differentiate';
import { indexOf, segmentIndex, whole } from './inputs';

/** Fails unless each output of the gradient's reference is the derivative of the forward one by the input named. */
function expectDerivatives<A extends Attributes, G extends Attributes>(
  [forward, inputs, attributes]: [FusedKernel<A>, Record<string, Input>, A],
  [gradient, gradientInputs, gradientAttributes]: [FusedKernel<G>, Record<string, Input>, G],
  dy: Input,
  names: string[],
) {
  const { outputs } = referenceOf(gradient, gradientInputs, gradientAttributes);
  expect(outputs).toHaveLength(names.length);
  names.forEach((name, i) => {
    closeTo(outputs[i], differentiate(forward, inputs, attributes, [dy.values], name), 1e-7, name);
  });
}

describe('the references of gradients are the derivatives of their forward references', () => {
  it('layerNorm', () => {
    const dy = noise([3, 7], 1);
    const inputs = { x: noise([3, 7], 2, 3), gain: noise([7], 3), bias: noise([7], 4) };
    const epsilon = 1e-3;
    // In float64, since float32 would cost the comparison its digits.
    const [, values] = referenceOf(layerNormKernel, inputs, { epsilon }).outputs;
    const moments = { shape: [3, 2], values } as unknown as Input;
    expectDerivatives(
      [layerNormKernel, inputs, { epsilon }],
      [layerNormGradientKernel, { dy, x: inputs.x, gain: inputs.gain, moments }, {}],
      dy,
      ['x', 'gain', 'bias'],
    );
  });

  it.each([
    { types: true, pairs: false },
    { types: false, pairs: false },
    { types: true, pairs: true },
  ])('embedding, %j', ({ types, pairs }) => {
    const ids = [4, 0, 4, 2, 1, 4];
    const dy = noise([6, 3], 1);
    const tables = { tokens: noise([5, 3], 2), positions: noise([4, 3], 3) };
    const withTypes: Record<string, Input> = types ? { types: noise([2, 3], 4) } : {};
    const segments = [0, 1, 1, 0, 0, 1];
    const given: Record<string, Input> = pairs ? { segments: whole(segments) } : {};
    const lists = { ...indexOf(ids, 5), ...(pairs ? segmentIndex(segments) : {}) };
    expectDerivatives(
      [embeddingKernel, { ids: whole(ids), ...tables, ...withTypes, ...given }, { length: 3 }],
      [embeddingGradientKernel, { dy, ...lists }, { length: 3, positionRows: 4, types }],
      dy,
      ['tokens', 'positions', ...(types ? ['types'] : [])],
    );
  });

  it('cosineLoss', () => {
    const dlosses = noise([4], 1);
    const inputs = { student: noise([4, 5], 2), teacher: noise([4, 5], 3), weights: noise([4], 4) };
    expectDerivatives(
      [cosineLossKernel, inputs, {}],
      [cosineLossGradientKernel, { dlosses, ...inputs }, {}],
      dlosses,
      ['student'],
    );
  });

  it.each([
    ['b and mask', { b: noise([6, 5], 3), mask: noise([2, 5], 4) }],
    ['b', { b: noise([6, 5], 3) }],
    ['mask', { mask: noise([3, 5], 4) }],
    ['neither', {}],
  ])('squaredError with %s', (_, others: Record<string, Input>) => {
    const drows = noise([6], 1);
    const inputs = { a: noise([6, 5], 2), ...others };
    expectDerivatives(
      [squaredErrorKernel, inputs, {}],
      [squaredErrorGradientKernel, { drows, ...inputs }, {}],
      drows,
      ['a'],
    );
  });

  it.each([7, 2])('decoupledLoss of %i words', (V) => {
    const dlosses = noise([2, 6], 1);
    const inputs = decoupledLossInputs({ R: 6, V, T: 1.7, scale: 3 });
    const [, values] = referenceOf(decoupledLossKernel, inputs, {}).outputs;
    const stats = { shape: [6, 3], values } as unknown as Input;
    expectDerivatives(
      [decoupledLossKernel, inputs, {}],
      [decoupledLossGradientKernel, { dlosses, ...inputs, stats }, {}],
      dlosses,
      ['student'],
    );
  });

  it('standardisedLoss', () => {
    const dlosses = noise([6], 1);
    const inputs = standardisedLossInputs({ R: 6, V: 7, T: 1.7, scale: 3, height: 1 });
    const [, values] = referenceOf(standardisedLossKernel, inputs, {}).outputs;
    const stats = { shape: [6, 7], values } as unknown as Input;
    expectDerivatives(
      [standardisedLossKernel, inputs, {}],
      [standardisedLossGradientKernel, { dlosses, ...inputs, stats }, {}],
      dlosses,
      ['student'],
    );
  });

  it('logitDistance', () => {
    const ddistances = noise([4], 1);
    const inputs = logitDistanceInputs(4, 5, 0.3);
    expectDerivatives(
      [logitDistanceKernel, inputs, {}],
      [logitDistanceGradientKernel, { ddistances, ...inputs }, {}],
      ddistances,
      ['student'],
    );
  });

  it('objective', () => {
    const dtotal = noise([1], 1);
    const weights = noise([4], 2);
    const rows = { rows0: noise([2, 5], 3), rows1: noise([3], 4), rows2: noise([4], 5) };
    const plan = '0,2;3;3';
    const inputs = { weights, ...rows };
    expectDerivatives(
      [objectiveKernel, inputs, { plan }],
      [objectiveGradientKernel, { dtotal, weights }, { plan, lengths: '5;3;4' }],
      dtotal,
      ['rows0', 'rows1', 'rows2'],
    );
  });
});
