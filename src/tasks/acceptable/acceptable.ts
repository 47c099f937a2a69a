/**
 * *acceptable*, made by rule from the bundled stories: a sentence as it is, or with one fault in it (docs/tasks.md). Like
 * GLUE's CoLA, which linguists' books gave its sentences (Warstadt, Singh and Bowman 2019, arXiv:1805.12471).
 */
import { hash32, randomStream } from '../../data/random';
import { scanSentences } from '../../data/sentences';
import { splitTexts } from '../../data/stories';
import { textKey } from '../../data/textKey';
import type { LabelledRow } from '../rows';
import type { SplitRows } from '../split';
import { type Place, type RuleName, ruleNames, rules } from './rules';
import { lowerOf, sentenceOf, wordsOf } from './words';

/** Rows of each side, where the texts give so many: one to four. */
const wanted = { heldOut: 600, train: 2400 };
/** Words of a sentence that is used. */
const length = { least: 5, most: 20 };
const label = { unacceptable: 0, acceptable: 1 };

/**
 * Held-out rows come from held-out texts, training rows from the others: who was trained on the latter has met no
 * sentence that is asked for. Every sentence is used once, right or wrong, and as many are right as wrong; a sentence in
 * which no fault can be made is used in neither way, so that none is right for that alone.
 * @param texts the bundled stories
 */
export function acceptableData(texts: readonly string[]): SplitRows {
  const { train, heldOut } = splitTexts(texts);
  const used = new Set<string>();
  for (const text of texts) for (const sentence of sentencesIn(text)) used.add(textKey(sentence));
  // Of the training part alone: nothing of what is held out is used for anything.
  const known = new Set(train.flatMap((text) => text.toLowerCase().match(/[a-z]+/g) ?? []));
  const repeated = repeatedKeys([...heldOut, ...train]);
  const make = (part: readonly string[], count: number) =>
    rowsOf(
      part.flatMap(sentencesIn).filter((sentence) => !repeated.has(textKey(sentence))),
      count,
      { known, used },
    );
  return { train: make(train, wanted.train), heldOut: make(heldOut, wanted.heldOut) };
}

interface Vocabulary {
  known: ReadonlySet<string>;
  /** Keys of the sentences that there are, none of which a fault may lead to; those that it led to are added. */
  used: Set<string>;
}

/** Half of the rows right, half wrong, in an order that says nothing: that of the sentences' hashes. */
function rowsOf(sentences: readonly string[], count: number, { known, used }: Vocabulary): LabelledRow[] {
  const rows: LabelledRow[] = [];
  const made = new Map<RuleName, number>();
  const inOrder = sentences
    .map((sentence) => ({ sentence, at: hash32(`acceptable ${textKey(sentence)}`) }))
    .sort((a, b) => a.at - b.at);
  for (const { sentence, at } of inOrder) {
    if (rows.length === count) break;
    const faults = faultsIn(sentence, known);
    if (faults.length === 0) continue;
    // Of two rows one is right; which of them, the hash of the first tells.
    const second = rows.length % 2 === 1;
    const right = second ? rows[rows.length - 1].label === label.unacceptable : (at & 1) === 1;
    if (right) {
      rows.push({ label: label.acceptable, a: sentence });
      continue;
    }
    // Rules that nearly always apply would make nearly all faults: the one that was used least has its turn.
    const least = Math.min(...faults.map(({ rule }) => made.get(rule) ?? 0));
    const rule = faults.find((fault) => (made.get(fault.rule) ?? 0) === least)!.rule;
    const places = faults.filter((fault) => fault.rule === rule);
    const { wrong } = places[randomStream(at, 0, 'place').integer(places.length)];
    const key = textKey(wrong);
    if (used.has(key)) continue;
    used.add(key);
    made.set(rule, least + 1);
    rows.push({ label: label.unacceptable, a: wrong });
  }
  return rows.slice(0, rows.length - (rows.length % 2));
}

/** Every fault that the rules can make in a sentence, rule by rule. */
export function faultsIn(sentence: string, known: ReadonlySet<string>): { rule: RuleName; wrong: string }[] {
  const words = wordsOf(sentence);
  if (!words) return [];
  const place: Place = { words, lower: lowerOf(words), known };
  return ruleNames.flatMap((rule) =>
    words.flatMap((_, i) => {
      const wrong = rules[rule](place, i);
      return wrong ? [{ rule, wrong: sentenceOf(wrong) }] : [];
    }),
  );
}

/** Sentences that stand by themselves: no speech, of a length that can be judged. */
function sentencesIn(text: string): string[] {
  const sentences: string[] = [];
  for (const sentence of scanSentences(text)) {
    if (sentence === null || !/^[A-Z][^"()]*[.?!]$/.test(sentence)) continue;
    const { length: count } = sentence.split(' ');
    if (count >= length.least && count <= length.most) sentences.push(sentence);
  }
  return sentences;
}

/** Keys of sentences that occur more than once. */
function repeatedKeys(texts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const sentence of texts.flatMap(sentencesIn)) {
    const key = textKey(sentence);
    (seen.has(key) ? repeated : seen).add(key);
  }
  return repeated;
}
