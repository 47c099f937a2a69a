import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { teacherModel } from '../../src/config/modelIds';
import { presets } from '../../src/config/presets';
import { defaultSentence } from '../../src/config/sentences';
import { wordsOf } from '../../src/data/batchSource';
import { buildCorpus } from '../../src/data/corpus';
import { readSentence } from '../../src/data/maskedSentence';
import { storiesOf } from '../../src/data/stories';
import { createTokenizer } from '../../src/data/tokenizer';
import { parseTeacher } from '../../src/interop/teacherBundle';
import { Trainer } from '../../src/train/trainer';
import { setUpBackend } from '../support/backends';

const publicFile = (path: string) => readFileSync(new URL(`../../public/${path}`, import.meta.url));
const teacherFile = (name: string) => publicFile(`teachers/stories-4x32/${name}`);

beforeAll(() => setUpBackend('wasm'));

const teacher = parseTeacher({
  config: JSON.parse(String(teacherFile('config.json'))),
  tokenizer: JSON.parse(String(teacherFile('tokenizer.json'))),
  weights: new Uint8Array(teacherFile('model.safetensors')).buffer,
});
const tokenizer = createTokenizer(teacher.tokenizer);

test('a distilled student of the bundled teacher comes nearer to it than its hard-label twin', async () => {
  const stories = storiesOf(String(publicFile('corpora/stories.txt'))).slice(0, 300);
  const { tiny } = presets;
  const corpus = buildCorpus(tokenizer, stories, tiny.training.sequenceLength);
  const experiment = { ...tiny, training: { ...tiny.training, steps: 40 } };
  const trainer = new Trainer(experiment, wordsOf(corpus), teacher);
  const before = await trainer.evaluate('sample', async () => {});
  for (let step = 0; step < 40; step++) trainer.trainStep();
  const { teacher: itself, arms } = await trainer.evaluate('sample', async () => {});

  expect(itself?.accuracy).toBeGreaterThan(0.2);
  // Copied alike, both begin at one distance.
  expect(before.arms.distilled.klToTeacher).toBe(before.arms.twin.klToTeacher);
  expect(arms.distilled.klToTeacher).toBeLessThan(arms.twin.klToTeacher!);
  expect(arms.distilled.klToTeacher).toBeLessThan(before.arms.distilled.klToTeacher!);
});

test('the sentence on screen at first shows the point: the student comes to say the teacher’s word, its twin does not', async () => {
  const { tiny } = presets;
  const { sequenceLength } = tiny.training;
  const stories = storiesOf(String(publicFile('corpora/stories.txt')));
  const steps = 250;
  const experiment = { ...tiny, training: { ...tiny.training, steps } };
  const trainer = new Trainer(experiment, wordsOf(buildCorpus(tokenizer, stories, sequenceLength)), teacher);
  const { ids, maskIndex } = readSentence(defaultSentence, tokenizer, sequenceLength);
  /** Each model's first guess and its probability. */
  const guesses = async () =>
    Object.fromEntries(
      (await trainer.probe(ids, maskIndex)).map(({ id, logits }) => {
        const best = logits.indexOf(Math.max(...logits));
        const sum = logits.reduce((total, logit) => total + Math.exp(logit - logits[best]), 0);
        return [id, { word: tokenizer.vocabulary[best], probability: 1 / sum }];
      }),
    );
  const before = await guesses();
  while (trainer.step < steps) trainer.trainStep();
  const after = await guesses();
  expect(before[teacherModel].word).toBe('day');
  expect(before[teacherModel].probability).toBeGreaterThan(0.5);
  expect(before.distilled.word).not.toBe('day');
  expect(before.twin).toEqual(before.distilled);
  expect([after.distilled.word, after.twin.word]).toEqual(['day', expect.not.stringMatching('day')]);
});
