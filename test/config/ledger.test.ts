import { describe, expect, it } from 'vitest';
import { type ArmLedger, type Pull, pullIn, togetherOf } from '../../src/config/ledger';

/** Gradients by part and term, as they would be, into a ledger of their products. */
function ledgerOf(parts: Record<'embeddings' | 'layer.1', number[][]>): ArmLedger {
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  return {
    terms: ['ce', 'mlm', 'cos'],
    parts: ['embeddings', 'layer.1'],
    dots: Object.values(parts).map((own) =>
      own.flatMap((one, i) => own.slice(i).map((other) => dot(one, other))),
    ),
  };
}

const gradients = {
  embeddings: [
    [3, 4],
    [-3, 4],
    [0, 0],
  ],
  'layer.1': [
    [1, 0],
    [0, 2],
    [-2, 0],
  ],
};
const ledger = ledgerOf(gradients);
const figures = (pull: Pull) => pull.terms.map((_, i) => [pull.norm(i), pull.share(i)]);

describe('the figures of a part', () => {
  it('are norms, shares, cosines and what is left of all together', () => {
    const pull = pullIn(ledger, 'embeddings')!;
    expect(figures(pull)).toEqual([
      [5, 0.5],
      [5, 0.5],
      [0, 0],
    ]);
    expect(pull.cosine(0, 1)).toBeCloseTo(7 / 25, 12);
    expect(pull.cosine(1, 0)).toBe(pull.cosine(0, 1));
    expect(pull.cosine(0, 2)).toBeNull();
    expect(pull.normOfSum).toBe(8);
    expect(pull.kept).toBeCloseTo(0.8, 12);
    expect(pull.cosineWithSum(0)).toBeCloseTo(0.8, 12);
    expect(pull.cosineWithSum(2)).toBeNull();
  });

  it('of the whole student are those of all parts laid end to end', () => {
    const pull = pullIn(ledger, 'all')!;
    const whole = [0, 1, 2].map((term) => [...gradients.embeddings[term], ...gradients['layer.1'][term]]);
    const length = (values: number[]) => Math.hypot(...values);
    whole.forEach((values, i) => {
      expect(pull.norm(i)).toBeCloseTo(length(values), 12);
    });
    const all = whole[0].map((_, i) => whole[0][i] + whole[1][i] + whole[2][i]);
    expect(pull.normOfSum).toBeCloseTo(length(all), 12);
  });

  it('are none of a part that is not there, and of a student without losses', () => {
    expect(pullIn(ledger, 'head')).toBeNull();
    const none = pullIn({ terms: [], parts: [], dots: [] }, 'all')!;
    expect([none.kept, none.lengths]).toEqual([null, 0]);
  });

  it('stay within ±1 whatever was rounded', () => {
    const rounded = pullIn({ terms: ['ce', 'mlm'], parts: ['head'], dots: [[1, 1.0001, 1]] }, 'head')!;
    expect(rounded.cosine(0, 1)).toBe(1);
    expect(rounded.kept).toBe(1);
  });
});

it('calls a cosine by what the gradients do', () => {
  expect([0.5, 0.05, -0.05, -0.5].map(togetherOf)).toEqual(['together', 'across', 'across', 'against']);
});
