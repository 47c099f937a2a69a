import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatList,
  formatMilliseconds,
  formatNats,
  formatPercent,
  formatProbability,
  formatTemperature,
  formatTick,
} from '../../src/ui/format';

describe('figures', () => {
  it('are probabilities with the digits that count', () => {
    expect([1, 0.456, 0.0312, 0.00094, 0.00004, 0].map(formatProbability)).toEqual([
      '1.00',
      '0.46',
      '0.031',
      '0.0009',
      '<0.0001',
      '0.00',
    ]);
  });

  it('carry their units', () => {
    expect(formatNats(1.617)).toBe('1.62 nats');
    expect(formatMilliseconds(1.923)).toBe('1.92 ms');
    expect(formatBytes(640_000)).toBe('640 kB');
    expect(formatBytes(4_329_984)).toBe('4.33 MB');
    expect(formatPercent(0.471)).toBe('47.1\u00a0%');
    expect(formatCount(1_082_496)).toBe('1,082,496');
  });

  it('stay short beside an axis', () => {
    expect([0, 0.05, 5000, 10_000, 20_000, -150_000, 1e6].map(formatTick)).toEqual([
      '0',
      '0.05',
      '5,000',
      '10K',
      '20K',
      '-150K',
      '1M',
    ]);
  });

  it('show a temperature as its slider does', () => {
    expect([0.25, 1, 2.04, 9.96, 16].map(formatTemperature)).toEqual(['0.25', '1.0', '2.0', '10', '16']);
  });

  it('stand in a row', () => {
    expect(formatList(['T = 1', 'T = 2', 'twin'])).toBe('T = 1, T = 2, and twin');
    expect(formatList(['1', '2', '4'], 'unit')).toBe('1, 2, 4');
  });

  it('say about how long something takes', () => {
    expect([0.2, 7.4, 41, 88, 100, 1500, 20_000].map(formatDuration)).toEqual([
      '1 second',
      '7 seconds',
      '40 seconds',
      '90 seconds',
      '2 minutes',
      '25 minutes',
      '6 hours',
    ]);
  });
});
