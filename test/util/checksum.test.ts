import { expect, it } from 'vitest';
import { sumState } from '../../src/storage/armState';
import { Checksum } from '../../src/util/checksum';
import { armState } from '../storage/sampleRun';

const wordsAsNumbers = (...words: number[]) => new Float32Array(new Uint32Array(words).buffer);

it.each([
  // Published values of MurmurHash3_x86_32 for whole words, little-endian.
  [0, [], 0],
  [1, [], 0x514e28b7],
  [0xffffffff, [], 0x81f16f39],
  [0, [0xffffffff], 0x76293b50],
  [0, [0x87654321], 0xf55b516b],
  [0x5082edee, [0x87654321], 0x2362f9de],
  [0, [0], 0x2362f9de],
  // 'test' and 'Hello, world' as ASCII.
  [0, [0x74736574], 0xba6bd213],
])('with seed %i the sum of the words %j is %i', (seed, words, sum) => {
  const checksum = new Checksum(seed);
  checksum.addNumbers(wordsAsNumbers(...words));
  expect(checksum.value).toBe(sum);
  const byWord = new Checksum(seed);
  for (const word of words) byWord.addWord(word);
  expect(byWord.value).toBe(sum);
});

it('tells what numbers are no finite ones, and which are below 0', () => {
  const told = (...values: number[]) => {
    const checksum = new Checksum(0);
    checksum.addNumbers(new Float32Array(values));
    return [checksum.hasOther, checksum.hasNegative];
  };
  expect(told(0, 1, 3.4e38, 1e-45, -0)).toEqual([false, false]);
  expect(told(1, -1e-45)).toEqual([false, true]);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
    expect(told(1, value, 2)).toEqual([true, false]);
  expect(told(Number.NEGATIVE_INFINITY)).toEqual([true, true]);
});

it('is another one for other names, steps, places and bits', () => {
  const sums = new Set<number>();
  const note = (edit: (state: ReturnType<typeof armState>) => void, step = 1) => {
    const state = armState();
    edit(state);
    sums.add(sumState(state, step).checksum);
  };
  const bias = 'cls.predictions.bias';
  note(() => {});
  note(() => {}, 2);
  note(({ parameters }) => (parameters[bias][1] = 0));
  note(({ parameters }) => parameters[bias].reverse());
  note((state) => ([state.parameters, state.moments.first] = [state.moments.first, state.parameters]));
  note(({ parameters }) => {
    parameters['cls.predictions.bia5'] = parameters[bias];
    delete parameters[bias];
  });
  expect(sums.size).toBe(6);
});

it('takes a few milliseconds for 16 MB', () => {
  const values = new Float32Array(4_000_000).fill(0.1);
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    new Checksum(0).addNumbers(values);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(250);
});
