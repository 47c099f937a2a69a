/** A task's training rows with variants of their sentences. Rows that are held out are never varied, nor come about. */
import { type Augmentation, mostTries } from '../config/augmentation';
import { ProblemError } from '../config/problems';
import { randomStream } from '../data/random';
import { type AugmentationTools, type Choices, candidatesOf } from './candidates';
import { sentenceKey } from './sentenceKey';
import { type Exchange, type TryCounts, type Variant, variantsOf } from './variants';

/** One text, or a pair. */
export type Texts = readonly [string] | readonly [string, string];

/** A task's rows, split. Both parts are asked for, so that nobody can hand over held-out rows as if they were not. */
export interface SplitRows {
  train: readonly Texts[];
  heldOut: readonly Texts[];
}

export interface AugmentedRow {
  /** The training row that it comes from, whose label it has. */
  row: number;
  texts: Texts;
  /** What was exchanged in each of its texts. */
  exchanges: readonly Exchange[][];
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
 * Varies all training rows. A seed and a row's number and texts give the same variants whatever the other rows are, but
 * for variants that another row already has.
 *
 * Of a pair the first sentence is varied beside the second, then the second beside the first (`settings.beside` says
 * beside which); each has N_a tries.
 * @throws ProblemError cancelled, and what `predict` throws
 */
export async function augment(
  { train, heldOut }: SplitRows,
  tools: AugmentationTools,
  settings: Augmentation,
  { seed, signal, onProgress }: AugmentOptions,
): Promise<Augmented> {
  const secret = new Set(heldOut.flatMap((texts) => texts.map(sentenceKey)));
  const isSecret = (texts: Texts) => texts.some((text) => secret.has(sentenceKey(text)));
  const seen = new Set(train.map(keyOf));
  const sentences = train.reduce((sum, texts) => sum + texts.length, 0);
  const tries = Math.max(1, Math.min(settings.tries, Math.floor(mostTries / Math.max(1, sentences))));
  const counts: AugmentationCounts = {
    ...noTries(),
    passes: 0,
    elsewhere: 0,
    heldOut: 0,
    heldOutRows: 0,
    exchanges: { teacher: 0, vectors: 0 },
  };
  const rows: AugmentedRow[] = [];
  const known = new Map<string, Choices>();

  for (let from = 0; from < train.length; from += rowsAtOnce) {
    const to = Math.min(train.length, from + rowsAtOnce);
    if (known.size > sentencesKept) known.clear();
    const texts = train.slice(from, to).filter((row) => !isSecret(row));
    const unknown = [...new Set(texts.flat())].filter((text) => !known.has(text));
    const found = await candidatesOf(unknown, tools, settings, async (answered, of) => {
      await onProgress?.((from + ((to - from) * answered) / of) / train.length);
      if (signal?.aborted) throw new ProblemError('cancelled');
    });
    for (const choices of found) {
      known.set(choices.text, choices);
      counts.passes += choices.places.filter(({ source }) => source === 'teacher').length;
    }
    for (let row = from; row < to; row++) {
      if (isSecret(train[row])) {
        counts.heldOutRows += 1;
        continue;
      }
      const choices = train[row].map((text) => known.get(text)!);
      for (const varied of rowVariants(choices, { ...settings, tries }, seed, row, counts)) {
        const key = keyOf(varied.texts);
        if (isSecret(varied.texts)) counts.heldOut += 1;
        else if (seen.has(key)) counts.elsewhere += 1;
        else {
          seen.add(key);
          rows.push(varied);
          for (const { source } of varied.exchanges.flat()) counts.exchanges[source] += 1;
        }
      }
    }
    await onProgress?.(to / train.length);
    if (signal?.aborted) throw new ProblemError('cancelled');
  }
  return { rows, counts };
}

/** All variants of one row, its sentences varied one after the other. */
function rowVariants(
  choices: readonly Choices[],
  settings: Augmentation,
  seed: number,
  row: number,
  counts: TryCounts,
): AugmentedRow[] {
  const [first, second] = choices.map((sentence, which) => {
    const random = randomStream(seed, row, `augmentation of sentence ${which + 1}`);
    const { variants, counts: own } = variantsOf(sentence, settings, random);
    for (const key of Object.keys(own) as (keyof TryCounts)[]) counts[key] += own[key];
    return variants;
  });
  if (!second) return first.map(({ text, exchanges }) => ({ row, texts: [text], exchanges: [exchanges] }));
  const unvaried = choices.map(({ text }): Variant => ({ text, exchanges: [] }));
  const beside = (settings.beside === 'last' && first.at(-1)) || unvaried[0];
  const pairs = [
    ...first.map((variant) => [variant, unvaried[1]] as const),
    ...second.map((variant) => [beside, variant] as const),
  ];
  return pairs.map(([a, b]) => ({
    row,
    texts: [a.text, b.text],
    exchanges: [a.exchanges, b.exchanges],
  }));
}

const keyOf = (texts: Texts) => texts.map(sentenceKey).join('\n');

const noTries = (): TryCounts => ({ tries: 0, repeated: 0, eligible: 0, replaced: 0, changed: 0 });
