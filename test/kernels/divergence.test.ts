import { expect, it } from 'vitest';
import { divergenceGradientKernel, divergenceKernel } from '../../src/kernels/divergence/kernel';
import { testBackends } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { type Input, noise, referenceOf } from './checkKernel';
import { describeDivergence, divergenceInputs } from './describeDivergence';
import { differentiate } from './differentiate';

for (const backend of testBackends) describeDivergence(backend);

it.each([0, 0.01, 0.3, 0.5, 0.99, 1].flatMap((beta) => [false, true].map((even) => ({ beta, even }))))(
  "the reference of divergence's gradient is the derivative of its forward reference, %j",
  ({ beta, even }) => {
    const inputs = divergenceInputs({ R: 6, V: 7, T: 1.7, beta, scale: 3 });
    const dlosses = noise([6], 4);
    // In float64, since float32 would cost the comparison its digits.
    const [, stats] = referenceOf(divergenceKernel, inputs, { even }).outputs;
    const exact = { shape: [6, 4], values: stats } as unknown as Input;
    const given = { ...inputs, dlosses, stats: exact };
    const [gradient] = referenceOf(divergenceGradientKernel, given, { even }).outputs;
    expect(gradient.some((x) => x !== 0)).toBe(true);
    closeTo(
      gradient,
      differentiate(divergenceKernel, inputs, { even }, [dlosses.values, null], 'student'),
      1e-7,
    );
  },
);

it('the reference agrees with a value worked out by hand', () => {
  // Halves against three quarters and a quarter, M = (5/8, 3/8): D = (ln(.5²/(5/8·3/8)) / 2 + ...) / 2.
  const inputs = {
    student: { shape: [1, 2], values: Float32Array.of(0, 0) },
    teacher: { shape: [1, 2], values: Float32Array.of(Math.log(3), 0) },
    temperature: { shape: [1], values: Float32Array.of(1) },
    beta: { shape: [1], values: Float32Array.of(0.5) },
    weights: { shape: [1], values: Float32Array.of(2) },
  };
  const ofTeacher = 0.75 * Math.log(0.75 / 0.625) + 0.25 * Math.log(0.25 / 0.375);
  const ofStudent = 0.5 * Math.log(0.5 / 0.625) + 0.5 * Math.log(0.5 / 0.375);
  const [losses] = referenceOf(divergenceKernel, inputs, { even: false }).outputs;
  closeTo(losses, [2 * (ofTeacher + ofStudent) * 0.5], 1e-7);
});
