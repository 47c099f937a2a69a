import { describe, expect, it } from 'vitest';
import { formatTemperature } from '../../src/ui/format';
import {
  nextTemperature,
  placeOf,
  temperatureAt,
  temperatureByKey,
  temperatureMarks,
} from '../../src/ui/temperatureSteps';

const range = (from: number, to: number, digits: number) => {
  const scale = 10 ** digits;
  return Array.from({ length: Math.round((to - from) * scale) + 1 }, (_, i) => from + i / scale).map(
    (value) => Number(value.toFixed(digits)),
  );
};
const positions = [...range(0.25, 0.99, 2), ...range(1, 9.9, 1), ...range(10, 16, 0)];

/** Every T that a key comes to on its way from one end to the other. */
function walk(key: string, from: number, to: number) {
  const passed = [from];
  while (passed[passed.length - 1] !== to) {
    passed.push(temperatureByKey(key, passed[passed.length - 1]) ?? Number.NaN);
    if (passed.length > 1000) throw new Error(`${key} never comes from ${from} to ${to}`);
  }
  return passed;
}

describe('one key press', () => {
  it('leaves every shown temperature, upwards and downwards', () => {
    for (const from of [...positions, 1.04, 1.16, 2.345, 10.4]) {
      const shown = Number(formatTemperature(from));
      const up = Number(formatTemperature(nextTemperature(from, 1)));
      const down = Number(formatTemperature(nextTemperature(from, -1)));
      if (from < 16) expect(up, `up from ${from}`).toBeGreaterThan(shown);
      if (from > 0.25) expect(down, `down from ${from}`).toBeLessThan(shown);
    }
  });

  it('stays within the bounds', () => {
    expect(nextTemperature(16, 1)).toBe(16);
    expect(nextTemperature(0.25, -1)).toBe(0.25);
  });

  it('passes every mark on the way, whichever key it is', () => {
    for (const key of ['ArrowUp', 'ArrowRight', 'PageUp', 'End']) {
      const passed = walk(key, 0.25, 16);
      if (key !== 'End') expect(passed).toEqual(expect.arrayContaining(temperatureMarks));
    }
    for (const key of ['ArrowDown', 'ArrowLeft', 'PageDown', 'Home']) {
      const passed = walk(key, 16, 0.25);
      if (key !== 'Home') expect(passed).toEqual(expect.arrayContaining(temperatureMarks));
    }
  });

  it('by pages comes from 16 to 2 in three, and from between two marks to the nearer ones', () => {
    expect(walk('PageDown', 16, 2)).toEqual([16, 8, 4, 2]);
    expect([temperatureByKey('PageUp', 2.7), temperatureByKey('PageDown', 2.7)]).toEqual([4, 2]);
  });

  it('of another kind leads nowhere', () => {
    expect(['Tab', ' ', 'a', 'Enter'].map((key) => temperatureByKey(key, 2))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('places on the scale', () => {
  it('are even for each doubling, from 0.25 to 16', () => {
    expect(temperatureMarks.map(placeOf)).toEqual([0, 1, 2, 3, 4, 5, 6].map((sixths) => sixths / 6));
  });

  it('give the T that stands there, in two digits and within the bounds', () => {
    for (const temperature of positions) expect(temperatureAt(placeOf(temperature))).toBe(temperature);
    expect([temperatureAt(-0.2), temperatureAt(1.2)]).toEqual([0.25, 16]);
  });

  it('near a mark mean the mark', () => {
    for (const mark of temperatureMarks) {
      for (const off of [-0.01, -0.004, 0, 0.004, 0.01]) {
        expect(temperatureAt(placeOf(mark) + off, 0.0101), `${off} from ${mark}`).toBe(mark);
      }
    }
    expect(temperatureAt(placeOf(2) + 0.02, 0.0101)).toBe(2.2);
  });
});
