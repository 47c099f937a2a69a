/**
 * Trains the word vectors of `public/vectors/` on the bundled text: `npm run vectors`, or `npm run vectors -- --seed 2
 * --to FOLDER` for others. The same seed gives the same bytes.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundledVectorFiles, parseBundledVectors, quantised } from '../../src/augment/bundledVectors';
import { wordVectors } from '../../src/augment/wordVectors';
import { card } from './card';
import { centred } from './centred';
import { cooccurrences, type GloveSettings, trainGlove } from './glove';
import { quality } from './quality';
import { trainingText } from './trainingText';

/** Chosen by `quality.ts`; what else was tried stands in the card. */
const settings: Omit<GloveSettings, 'seed'> = {
  dimension: 50,
  window: 10,
  leastCount: 2,
  mostWeight: 50,
  exponent: 0.75,
  epochs: 15,
  learningRate: 0.1,
  directions: 1,
};

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, to: { type: 'string', default: 'public/vectors' } },
});
const seed = Number(values.seed);
if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed takes a whole number from 0');

const corpora = 'public/corpora';
const read = (file: string) => readFileSync(join(corpora, file), 'utf8');
const tasks = readdirSync(corpora).filter((file) => file.endsWith('.tsv'));
const text = trainingText([read('stories.txt'), read('everyday.txt')], tasks.sort().map(read));
const pairs = cooccurrences(text.runs, settings);
console.log(`${pairs.words.length} words, ${pairs.values.length} pairs`);

const { vectors, losses } = trainGlove(pairs, { ...settings, seed }, (epoch, loss) => {
  console.log(`epoch ${epoch} of ${settings.epochs}: loss ${loss.toFixed(4)}`);
});
const whole = wordVectors(
  pairs.words,
  settings.dimension,
  centred(vectors, settings.dimension, settings.directions),
);
const bytes = quantised(whole);
const words = `${pairs.words.join('\n')}\n`;

mkdirSync(values.to, { recursive: true });
writeFileSync(join(values.to, bundledVectorFiles.words), words);
writeFileSync(join(values.to, bundledVectorFiles.vectors), bytes);
// What is measured is what is bundled.
const bundled = parseBundledVectors(words, bytes.buffer as ArrayBuffer);
const facts = {
  text,
  pairs,
  losses,
  settings: { ...settings, seed },
  bytes: bytes.length + Buffer.byteLength(words),
  bundled: quality(bundled),
  unrounded: quality(whole),
};
writeFileSync(join(values.to, 'README.md'), card(bundled, facts));
console.log(facts.bundled);
