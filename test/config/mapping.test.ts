import { describe, expect, it } from 'vitest';
import { bottomMapping, isUniformlyMapped, topMapping, uniformMapping } from '../../src/config/mapping';

describe('layer mappings', () => {
  it('are TinyBERT’s uniform, top and bottom', () => {
    expect(uniformMapping(12, 4)).toEqual([3, 6, 9, 12]);
    expect(topMapping(12, 4)).toEqual([9, 10, 11, 12]);
    expect(bottomMapping(12, 4)).toEqual([1, 2, 3, 4]);
    expect(uniformMapping(12, 12)).toEqual(bottomMapping(12, 12));
  });

  it.each([
    [12, 5],
    [4, 3],
    [2, 4],
  ])(
    'golden 16: %i layers are not mapped uniformly by %i, and the reason is told',
    (teacherLayers, layers) => {
      expect(isUniformlyMapped(teacherLayers, layers)).toBe(false);
      expect(() => uniformMapping(teacherLayers, layers)).toThrow(
        expect.objectContaining({
          problem: { code: 'uniformMappingNeedsDivisor', values: { layers, teacherLayers } },
        }),
      );
    },
  );

  it('stay within the teacher where the student is deeper', () => {
    expect(topMapping(2, 4)).toEqual([1, 1, 1, 2]);
    expect(bottomMapping(2, 4)).toEqual([1, 2, 2, 2]);
  });
});
