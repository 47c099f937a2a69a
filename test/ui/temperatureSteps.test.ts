import { describe, expect, it } from 'vitest';
import { formatTemperature } from '../../src/ui/format';
import { nextTemperature } from '../../src/ui/temperatureSteps';

const range = (from: number, to: number, digits: number) => {
  const scale = 10 ** digits;
  return Array.from({ length: Math.round((to - from) * scale) + 1 }, (_, i) => from + i / scale).map(
    (value) => Number(value.toFixed(digits)),
  );
};
const positions = [...range(0.25, 0.99, 2), ...range(1, 9.9, 1), ...range(10, 16, 0)];

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
});
