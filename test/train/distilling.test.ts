import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { presets } from '../../src/config/presets';
import { buildCorpus } from '../../src/data/corpus';
import { storiesOf } from '../../src/data/stories';
import { createTokenizer } from '../../src/data/tokenizer';
import { parseTeacher } from '../../src/interop/teacherBundle';
import { Trainer } from '../../src/train/trainer';
import { setUpBackend } from '../support/backends';

const publicFile = (path: string) => readFileSync(new URL(`../../public/${path}`, import.meta.url));
const teacherFile = (name: string) => publicFile(`teachers/stories-4x32/${name}`);

beforeAll(() => setUpBackend('wasm'));

test('a distilled student of the bundled teacher comes nearer to it than its hard-label twin', async () => {
  const weights = new Uint8Array(teacherFile('model.safetensors')).buffer;
  const teacher = parseTeacher({
    config: JSON.parse(String(teacherFile('config.json'))),
    tokenizer: JSON.parse(String(teacherFile('tokenizer.json'))),
    weights,
  });
  const stories = storiesOf(String(publicFile('corpora/stories.txt'))).slice(0, 300);
  const { tiny } = presets;
  const corpus = buildCorpus(createTokenizer(teacher.tokenizer), stories, tiny.training.sequenceLength);
  const experiment = { ...tiny, training: { ...tiny.training, steps: 40 } };
  const trainer = new Trainer(experiment, corpus, teacher);
  const before = await trainer.evaluate('sample', async () => {});
  for (let step = 0; step < 40; step++) trainer.trainStep();
  const { teacher: itself, arms } = await trainer.evaluate('sample', async () => {});

  expect(itself?.accuracy).toBeGreaterThan(0.2);
  // Copied alike, both begin at one distance.
  expect(before.arms.distilled.klToTeacher).toBe(before.arms.twin.klToTeacher);
  expect(arms.distilled.klToTeacher).toBeLessThan(arms.twin.klToTeacher!);
  expect(arms.distilled.klToTeacher).toBeLessThan(before.arms.distilled.klToTeacher!);
});
