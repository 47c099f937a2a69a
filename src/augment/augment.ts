/** A task's training rows with variants of their sentences. Rows that are held out are never varied, nor come about. */
import { type Augmentation, mostTries } from '../config/augmentation';
import { ProblemError } from '../config/problems';
import type { Exchange } from '../config/variants';
import { randomStream } from '../data/random';
import { textKey } from '../data/textKey';
import { type AugmentationTools, type Choices, candidatesOf } from './candidates';
import { type TryCounts, type Variant, variantsOf } from './variants';

/** What is varied of a row: its text, or a pair's two. */
export interface TextRow {
  a: string;
  /** The second text of a pair. */
  b?: string;
}

/** A task's rows, split. Both parts are asked for, so that nobody can hand over held-out rows as if they were not. */
export interface SplitTextRows {
  train: readonly TextRow[];
  heldOut: readonly TextRow[];
}

export interface AugmentedRow extends TextRow {
  /** Index of the training row that it comes from, whose label it has. */
  row: number;
  /** What was exchanged in its texts. */
  exchanges: { a: readonly Exchange[]; b: readonly Exchange[] };
}

export interface AugmentationCounts extends TryCounts {
  /** Sequences that the teacher read. */
  passes: number;
  /** Variants that are in the training rows or among the variants of another row. */
  elsewhere: number;
  /** Variants that were dropped since a text of theirs is held out. */
  heldOut: number;
  /** Training rows that were not varied for the same reason. */
  heldOutRows: number;
  /** Exchanges in the variants that remain, by who proposed the word. */
  exchanges: Record<Exchange['source'], number>;
}

export interface Augmented {
  /** Variants only, in the order of the training rows. */
  rows: AugmentedRow[];
  counts: AugmentationCounts;
}

export interface AugmentOptions {
  seed: number;
  signal?: AbortSignal;
  /** Told after each of the teacher's passes, 0 to 1; awaited, so that a worker can hear messages meanwhile. */
  onProgress?: (share: number) => Promise<void> | void;
}

/** Rows whose masked places are asked together; more would only take memory. */
const rowsAtOnce = 128;
/** Sentences whose candidates are kept, since pairs share them. */
const sentencesKept = 2048;

/**
 * Varies all training rows. Seed, number and texts of a row give the same variants whatever the other rows are, but for
 * those that another row already has.
 *
 * Of a pair the first sentence is varied beside the second, then the second beside the first (`settings.beside` says
 * beside which); each has N_a tries.
 * @throws ProblemError cancelled, and what `predict` throws
 */
export async function augment(
  { train, heldOut }: SplitTextRows,
  tools: AugmentationTools,
  settings: Augmentation,
  { seed, signal, onProgress }: AugmentOptions,
): Promise<Augmented> {
  const secret = new Set(heldOut.flatMap(textsOf).map(textKey));
  const isSecret = (row: TextRow) => textsOf(row).some((text) => secret.has(textKey(text)));
  const seen = new Set(train.map(keyOf));
  const tries = triesFor(train, settings);
  const counts = noCounts();
  const rows: AugmentedRow[] = [];
  const known = new Map<string, Choices>();
  const told = async (share: number) => {
    await onProgress?.(share);
    if (signal?.aborted) throw new ProblemError('cancelled');
  };

  for (let from = 0; from < train.length; from += rowsAtOnce) {
    const to = Math.min(train.length, from + rowsAtOnce);
    if (known.size > sentencesKept) known.clear();
    const texts = new Set(train.slice(from, to).flatMap((row) => (isSecret(row) ? [] : textsOf(row))));
    const unknown = [...texts].filter((text) => !known.has(text));
    const found = await candidatesOf(unknown, tools, settings, (answered, of) =>
      told((from + ((to - from) * answered) / of) / train.length),
    );
    for (const choices of found) {
      known.set(choices.text, choices);
      counts.passes += choices.places.filter(({ source }) => source === 'teacher').length;
    }
    for (let row = from; row < to; row++) {
      if (isSecret(train[row])) {
        counts.heldOutRows += 1;
        continue;
      }
      const choices = textsOf(train[row]).map((text) => known.get(text)!);
      for (const varied of rowVariants(choices, { ...settings, tries }, seed, row, counts)) {
        const key = keyOf(varied);
        if (isSecret(varied)) counts.heldOut += 1;
        else if (seen.has(key)) counts.elsewhere += 1;
        else {
          seen.add(key);
          rows.push(varied);
          for (const { source } of exchangesOf(varied)) counts.exchanges[source] += 1;
        }
      }
    }
    await told(to / train.length);
  }
  return { rows, counts };
}

/** All exchanges of a variant. */
export const exchangesOf = ({ exchanges: { a, b } }: AugmentedRow): Exchange[] => [...a, ...b];

/** N_a, or fewer where there are so many rows. */
export function triesFor(rows: readonly TextRow[], { tries }: Pick<Augmentation, 'tries'>): number {
  const texts = rows.reduce((sum, row) => sum + textsOf(row).length, 0);
  return Math.max(1, Math.min(tries, Math.floor(mostTries / Math.max(1, texts))));
}

/** All variants of one row, its texts varied one after the other. */
function rowVariants(
  choices: readonly Choices[],
  settings: Augmentation,
  seed: number,
  row: number,
  counts: TryCounts,
): AugmentedRow[] {
  const [first, second] = choices.map((sentence, which) => {
    const random = randomStream(seed, row, `augmentation of text ${which + 1}`);
    const { variants, counts: own } = variantsOf(sentence, settings, random);
    for (const key of Object.keys(own) as (keyof TryCounts)[]) counts[key] += own[key];
    return variants;
  });
  if (!second)
    return first.map(({ text, exchanges }) => ({ row, a: text, exchanges: { a: exchanges, b: [] } }));
  const [a, b] = choices.map(({ text }): Variant => ({ text, exchanges: [] }));
  const beside = (settings.beside === 'last' && first.at(-1)) || a;
  const pairs = [
    ...first.map((variant) => [variant, b] as const),
    ...second.map((variant) => [beside, variant] as const),
  ];
  return pairs.map(([a, b]) => ({
    row,
    a: a.text,
    b: b.text,
    exchanges: { a: a.exchanges, b: b.exchanges },
  }));
}

const textsOf = ({ a, b }: TextRow): string[] => (b === undefined ? [a] : [a, b]);
const keyOf = (row: TextRow) => textsOf(row).map(textKey).join('\n');

const noCounts = (): AugmentationCounts => ({
  tries: 0,
  repeated: 0,
  eligible: 0,
  replaced: 0,
  changed: 0,
  passes: 0,
  elsewhere: 0,
  heldOut: 0,
  heldOutRows: 0,
  exchanges: { teacher: 0, vectors: 0 },
});
