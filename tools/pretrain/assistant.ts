/**
 * Distils the bundled teacher assistant, a model between teacher and student (Mirzadeh et al. 2020, arXiv:1902.03393), with
 * the playground's own engine and from what is in `public/` alone:
 *
 *     npx tsx tools/pretrain/assistant.ts [--steps N] [--resume]
 *
 * Writes `public/teachers/stories-3x96/`. The seed gives the same weights again on one machine. A checkpoint is taken every
 * hundred steps; `--resume` goes on from it, to the same weights as without a break.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { ProgressBar } from '../../src/cli/progressBar';
import { readTeacher, readTexts } from '../../src/cli/publicFiles';
import { bottomMapping } from '../../src/config/mapping';
import { planOf } from '../../src/config/objective';
import { experiment as experimentOf } from '../../src/config/presets/parts';
import { bundledTeachers } from '../../src/config/teachers';
import { wordsOf } from '../../src/data/batchSource';
import { buildCorpus } from '../../src/data/corpus';
import { createTokenizer } from '../../src/data/tokenizer';
import { serialiseTeacher } from '../../src/interop/teacherBundle';
import { startBackend } from '../../src/train/backends/choose';
import { Trainer } from '../../src/train/trainer';
import { assistantCard } from './assistantCard';

const [teacherId, id] = ['stories-4x128', 'stories-3x96'] as const;
const checkpointEvery = 100;
const here = (path: string) => new URL(path, import.meta.url);
const checkpoints = here(`.checkpoints/${id}/`);
const checkpoint = new URL('state.bin', checkpoints);

const { values: options } = parseArgs({
  options: { steps: { type: 'string', default: '800' }, resume: { type: 'boolean', default: false } },
});

const { vocabularySize: _, maxPositions, ...student } = bundledTeachers[id];
/** The teacher's first layers: a student that starts as them goes on best where it is compared with them. */
const firstLayers = bottomMapping(bundledTeachers[teacherId].layers, student.layers);

const experiment = experimentOf(
  teacherId,
  [
    {
      id: 'assistant',
      student,
      initialisation: { kind: 'project', blocks: firstLayers },
      ...planOf({ pred: 1 }, { temperature: 1, mapping: firstLayers }),
      positions: 'masked',
    },
  ],
  // All positions that the teacher has, where students see half of them.
  { steps: Number(options.steps), sequenceLength: maxPositions, evaluateEvery: checkpointEvery },
);

await startBackend({
  forced: 'wasm',
  onLost: () => {},
  onError: () => {},
  tunings: null,
  wasmPaths: null,
});
const teacher = await readTeacher(teacherId);
const tokenizer = readFileSync(here(`../../public/teachers/${teacherId}/tokenizer.json`));
const stories = await readTexts({ kind: 'bundled', id: 'stories' });
const corpusOf = (length: number) => buildCorpus(createTokenizer(teacher.tokenizer), stories, length);
const { training } = experiment;
const trainer = new Trainer(experiment, wordsOf(corpusOf(training.sequenceLength)), teacher);
mkdirSync(checkpoints, { recursive: true });
if (options.resume && existsSync(checkpoint)) trainer.restore(deserialize(readFileSync(checkpoint)));

const bar = new ProgressBar(training.steps);
while (trainer.step < training.steps) {
  trainer.trainStep();
  const [point] = await trainer.readPoints();
  bar.show(trainer.step, `loss ${point.arms.assistant.total.toFixed(3)}`);
  if (trainer.step % checkpointEvery > 0 && trainer.step < training.steps) continue;
  const partial = new URL('state.partial', checkpoints);
  writeFileSync(partial, serialize(await trainer.takeSnapshot()));
  renameSync(partial, checkpoint);
}
bar.end();

const snapshot = await trainer.takeSnapshot();
const shape = trainer.shapeOf('assistant')!;
const { parameters } = snapshot.arms.assistant;
const files = serialiseTeacher({ shape, tokenizer: teacher.tokenizer, parameters });
const folder = here(`../../public/teachers/${id}/`);
mkdirSync(folder, { recursive: true });
const write = (name: string, content: string | Uint8Array) => writeFileSync(new URL(name, folder), content);
write('config.json', `${JSON.stringify(files.config, null, 2)}\n`);
// Byte for byte the teacher's: they speak of the same words.
write('tokenizer.json', tokenizer);
write('model.safetensors', new Uint8Array(files.weights));

/** Held-out figures at a length, of the weights as they were written down. */
async function measured(sequenceLength: number) {
  const saved = await readTeacher(id);
  const other = { kind: 'bundled', id } as const;
  const probe = { ...experiment, others: [other], training: { ...training, sequenceLength } };
  const measuring = new Trainer(probe, wordsOf(corpusOf(sequenceLength)), teacher, [saved]);
  const { teacher: ofTeacher, others, maskedWords } = await measuring.evaluate('full', async () => {});
  measuring.dispose();
  return { sequenceLength, maskedWords, teacher: ofTeacher!, assistant: others![0] };
}

const lengths = [maxPositions, maxPositions / 2];
const figures = await Promise.all(lengths.map(measured));
write('README.md', assistantCard({ id, teacherId, shape, training, sizes: trainer.sizes(), figures }));
console.log(JSON.stringify(figures, null, 2));
