import { afterEach, describe, expect, it } from 'vitest';
import { DeviceLost } from '../../src/kernels/backends/errors';
import type { GpuProgram, GpuTraits } from '../../src/kernels/backends/gpuProgram';
import { matMulKernel } from '../../src/kernels/matMul/kernel';
import { gelu, geluSlope, type MatMulAttributes, matMulDefaults } from '../../src/kernels/matMul/reference';
import {
  candidates,
  defaultVariants,
  measureVariants,
  setMatMulVariants,
} from '../../src/kernels/matMul/variants';
import { testBackends } from '../support/backends';
import { referenceOf } from './checkKernel';
import { describeMatMul } from './describeMatMul';

for (const backend of testBackends) describeMatMul(backend);

describe('the reference of matMul', () => {
  it('multiplies, adds and activates as its definition says', () => {
    const inputs = {
      a: { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
      b: { shape: [2, 2], values: Float32Array.of(5, 6, 7, 8) },
      bias: { shape: [2], values: Float32Array.of(0.5, -0.5) },
      residual: { shape: [2, 2], values: Float32Array.of(1, 1, 2, 2) },
    };
    const results = (attributes: Partial<MatMulAttributes>) =>
      referenceOf(matMulKernel, inputs, { ...matMulDefaults, ...attributes }).outputs.map((y) => [...y]);
    expect(results({})).toEqual([[20.5, 22.5, 45.5, 51.5]]);
    expect(results({ transposeB: true, residualSign: -1 })).toEqual([[16.5, 21.5, 37.5, 50.5]]);
    expect(results({ transposeA: true, rowSums: true })).toEqual([
      [27.5, 30.5, 40.5, 45.5],
      [4, 6],
    ]);
    expect(results({ keepPreactivation: true })[1]).toEqual([19.5, 21.5, 43.5, 49.5]);
  });

  it('has the gelu of the error function, not its tanh approximation', () => {
    // The tanh form gives 1.954598 at 2.
    expect(gelu(2)).toBeCloseTo(1.954499736, 9);
    expect(gelu(0.5)).toBeCloseTo(0.3457312306, 9);
    expect(gelu(-0.5)).toBeCloseTo(-0.1542687694, 9);
    expect(gelu(0)).toBe(0);
    expect(gelu(-30)).toBeCloseTo(0, 12);
    expect(gelu(30)).toBe(30);
  });

  it.each([-9, -2.5, -0.3, 0, 0.8, 4, 9])("gelu' is the derivative of gelu at %d", (x) => {
    expect(geluSlope(x)).toBeCloseTo((gelu(x + 1e-5) - gelu(x - 1e-5)) / 2e-5, 8);
  });

  it('refuses operands that do not fit', () => {
    const shapes = { a: [2, 3], b: [2, 3] };
    expect(() => matMulKernel.outputs(shapes, matMulDefaults)).toThrow('No product of [2,3] and [2,3]');
    expect(matMulKernel.outputs(shapes, { ...matMulDefaults, transposeB: true })).toEqual([[2, 2]]);
  });
});

describe('the choice among the programs of matMul', () => {
  const traits = (software: boolean, features: string[] = []) =>
    ({ software, features: new Set(features) }) as unknown as GpuTraits;
  const labelOf = (shapes: { a: number[]; b: number[] }, on: GpuTraits) =>
    matMulKernel.gpu(shapes, matMulDefaults, on)[0].label;
  const [deep, small, large] = [
    { a: [64, 512], b: [512, 64] },
    { a: [512, 64], b: [64, 64] },
    { a: [512, 128], b: [128, 2048] },
  ];
  afterEach(() => setMatMulVariants(null));

  it('goes by shape on a GPU', () => {
    const labels = [deep, small, large].map((shapes) => labelOf(shapes, traits(false)));
    expect(labels).toEqual(['matMul splitK 16x16x16', 'matMul shared 32x32', 'matMul shared 64x64']);
  });

  it('has no barriers on an emulated one, and shares loads where subgroups are there', () => {
    for (const shapes of [deep, small, large]) {
      const [alone] = matMulKernel.gpu(shapes, matMulDefaults, traits(true));
      const [sharing] = matMulKernel.gpu(shapes, matMulDefaults, traits(true, ['subgroups']));
      expect([alone.code, sharing.code].join()).not.toContain('workgroupBarrier');
      expect(alone.code).not.toContain('enable subgroups');
      expect(sharing.code).toContain('enable subgroups');
    }
  });

  it('has one text for all sizes that are divisible by 4', () => {
    const texts = [deep, { a: [64, 1024], b: [1024, 36] }].map(
      (shapes) => matMulKernel.gpu(shapes, matMulDefaults, traits(false))[0].code,
    );
    expect(texts[0]).toBe(texts[1]);
  });

  it('takes the fastest, and an earlier candidate where the difference is small', async () => {
    const labels: string[] = [];
    const time = async ([program]: GpuProgram[]) => {
      labels.push(program.label);
      if (program.label.startsWith('matMul register')) return 0.5;
      return program.label === 'matMul splitK 32x32x4' ? 0.97 : 1;
    };
    const choice = await measureVariants(time);
    expect(labels).toHaveLength(Object.values(candidates).flat().length);
    expect(choice).toEqual({
      deep: candidates.deep[0],
      small: expect.objectContaining({ kind: 'register' }),
      large: candidates.large[0],
    });

    setMatMulVariants(JSON.parse(JSON.stringify(choice)));
    expect(labelOf(small, traits(false))).toBe('matMul register 4x4');
    setMatMulVariants(null);
    expect(labelOf(small, traits(false))).toBe('matMul shared 32x32');
    expect(defaultVariants(traits(false))).not.toEqual(choice);
  });

  it('passes over what does not run, and gives up where the device is gone', async () => {
    const refusing = (isRefused: (label: string) => boolean) => async (programs: GpuProgram[]) => {
      if (isRefused(programs[0].label)) throw new Error('No such feature');
      return 1;
    };
    expect(await measureVariants(refusing(() => true))).toEqual(defaultVariants(traits(false)));
    const choice = await measureVariants(refusing((label) => label === 'matMul splitK 16x16x16'));
    expect(choice.deep).toBe(candidates.deep[1]);
    await expect(measureVariants(() => Promise.reject(new DeviceLost()))).rejects.toThrow(DeviceLost);
  });
});
