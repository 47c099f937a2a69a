/** Losses of rows of logits, for describeTeam.ts. */
import { decoupledLossGradientKernel, decoupledLossKernel } from '../../src/kernels/decoupledLoss/kernel';
import { logitDistanceGradientKernel, logitDistanceKernel } from '../../src/kernels/logitDistance/kernel';
import {
  standardisedLossGradientKernel,
  standardisedLossKernel,
} from '../../src/kernels/standardisedLoss/kernel';
import { noise } from './checkKernel';
import { floats, whole } from './inputs';
import { type Case, given, of } from './teamCase';

export function logitCases(): Case[] {
  const [R, V] = [37, 501];
  const [student, teacher] = [noise([R, V], 1, 9), noise([R, V], 2, 9)];
  const weights = noise([R], 3);
  const dlosses = noise([R], 4);
  const temperature = floats([1.7]);
  const gold = whole(Array.from({ length: R }, (_, r) => (r % 3 === 1 ? -1 : (r * 7) % V)));
  const decoupled = { student, teacher, temperature, gold, weights };
  const parts = {
    ...decoupled,
    stats: given(decoupledLossKernel, decoupled, {}, 1),
    dlosses: noise([2, R], 5),
  };
  const standardised = { student, teacher, temperature, weights };
  const stats = given(standardisedLossKernel, standardised, {}, 1);
  const distance = { student, teacher, scale: floats([0.3]), weights };
  return [
    of(decoupledLossKernel, decoupled, {}, 'decoupledLoss'),
    of(decoupledLossGradientKernel, parts, {}, 'decoupledLossGradient'),
    of(standardisedLossKernel, standardised, {}, 'standardisedLoss'),
    of(standardisedLossGradientKernel, { ...standardised, stats, dlosses }, {}, 'standardisedLossGradient'),
    of(logitDistanceKernel, distance, {}, 'logitDistance'),
    of(logitDistanceGradientKernel, { ...distance, ddistances: dlosses }, {}, 'logitDistanceGradient'),
  ];
}
