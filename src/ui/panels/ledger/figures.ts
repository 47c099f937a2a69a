/** What the ledger's figures show, as data: lines of the chart, and tables for a file. */
import { type ArmLedger, type LedgerPart, type Pull, pullIn } from '../../../config/ledger';
import { type TermId, termOf } from '../../../methods/registry';
import type { LedgerRecord } from '../../../store/ledgerRecord';
import type { Cells } from '../../figures/csv';
import { formatFixed } from '../../format';
import { spoken } from '../../symbols';

/** A part of a student, or all of it. */
export type Where = LedgerPart | 'all';
export type Charted = 'share' | 'cosine';

/** A term's share, or the cosine of two terms. */
export interface Line {
  key: string;
  terms: readonly TermId[];
  points: { step: number; value: number }[];
}

export const nameOf = (term: TermId) => spoken(termOf(term).symbol);

/** Every two terms, each pair once, as places among `count`. */
export const pairsOf = (count: number): [number, number][] =>
  Array.from({ length: count }, (_, i) => i).flatMap((i) =>
    Array.from({ length: count - i - 1 }, (_, j): [number, number] => [i, i + 1 + j]),
  );

/** How dark a term stands beside the others, in per cent of the student's colour. */
export const tintOf = (place: number) => Math.round(100 * 0.62 ** place);

/** One student's figures over the steps, in one part. Terms that come or go begin or end their lines. */
export function linesOf({ points }: LedgerRecord, arm: string, where: Where, charted: Charted): Line[] {
  const lines = new Map<string, Line>();
  for (const { step, arms } of points) {
    const pull = arms[arm] && pullIn(arms[arm], where);
    if (!pull) continue;
    for (const { terms, value } of charted === 'share' ? sharesIn(pull) : cosinesIn(pull)) {
      const key = terms.join(' ');
      const line = lines.get(key) ?? { key, terms, points: [] };
      lines.set(key, line);
      if (value !== null) line.points.push({ step, value });
    }
  }
  return [...lines.values()].filter((line) => line.points.length > 0);
}

const sharesIn = (pull: Pull) => pull.terms.map((term, i) => ({ terms: [term], value: pull.share(i) }));

const cosinesIn = (pull: Pull) =>
  pairsOf(pull.terms.length).map(([i, j]) => ({
    terms: [pull.terms[i], pull.terms[j]],
    value: pull.cosine(i, j),
  }));

/** The two terms whose gradients go together least; null where no two pull. */
export function leastTogether(pull: Pull): { terms: [TermId, TermId]; cosine: number } | null {
  const all = pairsOf(pull.terms.length).flatMap(([i, j]) => {
    const cosine = pull.cosine(i, j);
    return cosine === null ? [] : [{ terms: [pull.terms[i], pull.terms[j]] as [TermId, TermId], cosine }];
  });
  return all.reduce<(typeof all)[number] | null>(
    (least, one) => (least && least.cosine <= one.cosine ? least : one),
    null,
  );
}

/** A cosine with two decimals; what rounds to nothing has no sign. */
export const signed = (cosine: number) =>
  formatFixed(Math.abs(cosine) < 0.005 ? 0 : cosine, 2).replace('-', '\u2212');

/** The share of a run's time that looking takes at this pace; null where one of the two is not known. */
export const costOf = (took: number, apart: number | null, secondsPerStep: number | null) =>
  apart === null || secondsPerStep === null ? null : Math.min(1, took / (1000 * apart * secondsPerStep));

/** Part by part: norms, shares and what is left. `head` names the columns. */
export const shareCells = (ledger: ArmLedger, head: string[], partName: (where: Where) => string): Cells => [
  head,
  ...[...ledger.parts, 'all' as const].flatMap((where) => {
    const pull = pullIn(ledger, where)!;
    return pull.terms.map((term, i) => [
      ...[partName(where), nameOf(term)],
      ...[pull.norm(i), pull.share(i), pull.normOfSum, pull.kept],
    ]);
  }),
];

/** Part by part: the cosine of every two terms, and of each with the sum, which `sum` names. */
export const cosineCells = (
  ledger: ArmLedger,
  head: string[],
  partName: (where: Where) => string,
  sum: string,
): Cells => [
  head,
  ...[...ledger.parts, 'all' as const].flatMap((where) => {
    const pull = pullIn(ledger, where)!;
    const pairs = pairsOf(pull.terms.length).map(([i, j]) => [
      ...[partName(where), nameOf(pull.terms[i]), nameOf(pull.terms[j])],
      pull.cosine(i, j),
    ]);
    const sums = pull.terms.map((term, i) => [partName(where), nameOf(term), sum, pull.cosineWithSum(i)]);
    return [...pairs, ...sums];
  }),
];

/** The lines of the chart. */
export const lineCells = (lines: readonly Line[], head: string[]): Cells => [
  head,
  ...lines.flatMap(({ terms, points }) =>
    points.map(({ step, value }) => [step, terms.map(nameOf).join(' × '), value]),
  ),
];
