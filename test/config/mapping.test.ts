import { describe, expect, it } from 'vitest';
import {
  bottomMapping,
  everyOtherBlock,
  isUniformlyMapped,
  topMapping,
  uniformMapping,
} from '../../src/config/mapping';

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

  it('copy every other block, rounded where there is none, as the uniform mapping does where there is', () => {
    expect(everyOtherBlock(4, 2)).toEqual([2, 4]);
    expect(everyOtherBlock(5, 2)).toEqual([3, 5]);
    expect(everyOtherBlock(8, 3)).toEqual([3, 5, 8]);
    expect(everyOtherBlock(2, 4)).toEqual([1, 1, 2, 2]);
    for (const [teacherLayers, layers] of [
      [12, 4],
      [4, 2],
      [6, 6],
      [8, 1],
    ]) {
      expect(everyOtherBlock(teacherLayers, layers)).toEqual(uniformMapping(teacherLayers, layers));
    }
  });

  it('stay within the teacher where the student is deeper', () => {
    expect(topMapping(2, 4)).toEqual([1, 1, 1, 2]);
    expect(bottomMapping(2, 4)).toEqual([1, 2, 2, 2]);
  });
});
