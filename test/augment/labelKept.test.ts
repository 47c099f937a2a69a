import { expect, it } from 'vitest';
import type { AugmentedRow } from '../../src/augment/augment';
import { labelKept } from '../../src/augment/labelKept';
import type { Exchange } from '../../src/config/variants';

const exchange = (source: Exchange['source']): Exchange => ({
  place: 0,
  from: 'dog',
  to: 'cat',
  start: 0,
  source,
  score: 0.5,
});

it('counts the variants whose label the teacher keeps, by label, source and number of exchanges', () => {
  const variants: AugmentedRow[] = [
    { row: 0, a: '', exchanges: { a: [exchange('teacher')], b: [] } },
    { row: 0, a: '', exchanges: { a: [exchange('vectors')], b: [exchange('vectors')] } },
    { row: 2, a: '', exchanges: { a: [exchange('teacher')], b: [exchange('vectors')] } },
    { row: 1, a: '', exchanges: { a: [exchange('teacher')], b: [] } },
  ];
  // The labels of their rows: 2, 2, 1, 0.
  const kept = labelKept(variants, [2, 0, 1, 1], [2, 0, 1], 3);
  expect(kept.all).toEqual({ kept: 2, variants: 4, share: 0.5 });
  expect(kept.byLabel).toEqual([
    { kept: 0, variants: 1, share: 0 },
    { kept: 1, variants: 1, share: 1 },
    { kept: 1, variants: 2, share: 0.5 },
  ]);
  expect(kept.bySource).toEqual({
    teacher: { kept: 1, variants: 2, share: 0.5 },
    vectors: { kept: 0, variants: 1, share: 0 },
    both: { kept: 1, variants: 1, share: 1 },
  });
  expect(kept.byExchanges.map(({ variants }) => variants)).toEqual([0, 2, 2]);
  expect(labelKept([], [], [], 2).all.share).toBeNull();
});
