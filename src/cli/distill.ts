/** `npm run distill`: the training of the page, in Node and without a screen. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import i18next from 'i18next';
import { armNameParts } from '../config/armNames';
import { type Experiment, experimentSchema } from '../config/experiment';
import { presetNames, presets } from '../config/presets';
import { type ProblemCode, problemOf } from '../config/problems';
import type { EvaluationPoint, StepPoint } from '../config/results';
import { buildCorpus } from '../data/corpus';
import { storiesOf } from '../data/stories';
import { createTokenizer } from '../data/tokenizer';
import { armName } from '../i18n/armName';
import { english as resources } from '../i18n/english';
import { parseTeacher, type TeacherBundle } from '../interop/teacherBundle';
import { startBackend } from '../train/backends/choose';
import { Trainer } from '../train/trainer';
import { ProgressBar } from './progressBar';

const usage = `Distils students of a bundled teacher on the stories, as the page does.

  npm run distill -- [options]

  --preset NAME      ${presetNames.join(', ')} (distilbert)
  --steps N          updates (the preset's)
  --seed S           seed of batches and masks (the preset's)
  --backend NAME     wasm or cpu (wasm)
  --json             print the figures as one JSON object on standard output
  --help             print this`;

interface Options {
  experiment: Experiment;
  backend: 'wasm' | 'cpu';
  json: boolean;
}

/** Options of the command line; prints what is wrong with them and ends. */
function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        preset: { type: 'string', default: 'distilbert' },
        steps: { type: 'string' },
        seed: { type: 'string' },
        backend: { type: 'string', default: 'wasm' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const preset = presetNames.find((name) => name === values.preset);
    if (!preset) throw new Error(`There is no preset ${values.preset}; there are ${presetNames.join(', ')}.`);
    if (values.backend !== 'wasm' && values.backend !== 'cpu') throw new Error('--backend is wasm or cpu.');
    const base: Experiment = presets[preset];
    const training = {
      ...base.training,
      ...(values.steps === undefined ? {} : { steps: Number(values.steps) }),
      ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
    };
    const checked = experimentSchema.safeParse({ ...base, training });
    if (!checked.success) {
      throw new Error(
        checked.error.issues.map(({ path, message }) => `${String(path.at(-1))}: ${message}`).join('\n'),
      );
    }
    return { experiment: checked.data, backend: values.backend, json: values.json };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

/** The words of the page, in English. */
async function english() {
  const words = i18next.createInstance();
  await words.init({
    lng: 'en',
    resources: { en: { translation: resources } },
    interpolation: { escapeValue: false },
  });
  return words.t;
}

const publicFile = (path: string) => readFile(new URL(`../../public/${path}`, import.meta.url));

async function readTeacher(id: string): Promise<TeacherBundle> {
  const [config, tokenizer, weights] = await Promise.all(
    ['config.json', 'tokenizer.json', 'model.safetensors'].map((file) =>
      publicFile(`teachers/${id}/${file}`),
    ),
  );
  const bytes = weights.buffer.slice(
    weights.byteOffset,
    weights.byteOffset + weights.byteLength,
  ) as ArrayBuffer;
  return parseTeacher({
    config: JSON.parse(String(config)),
    tokenizer: JSON.parse(String(tokenizer)),
    weights: bytes,
  });
}

async function main() {
  const { experiment, backend, json } = readOptions();
  const { training, teacher: source } = experiment;
  if (source.kind !== 'bundled') throw new Error('Presets use a bundled teacher.');
  const { report } = await startBackend({
    forced: backend,
    onLost: () => {},
    onError: () => {},
    tunings: null,
    wasmPaths: null,
  });
  const teacher = await readTeacher(source.id);
  const stories = storiesOf(String(await publicFile('corpora/stories.txt')));
  const corpus = buildCorpus(createTokenizer(teacher.tokenizer), stories, training.sequenceLength);
  const trainer = new Trainer(experiment, corpus, teacher);

  const bar = new ProgressBar(training.steps);
  let last: StepPoint | undefined;
  while (trainer.step < training.steps) {
    trainer.trainStep();
    last = (await trainer.readPoints()).at(-1);
    bar.show(
      trainer.step,
      Object.values(last!.arms)
        .map(({ total }) => total.toFixed(3))
        .join('  '),
    );
  }
  bar.end();
  const evaluation = await trainer.evaluate('full', async () => {});
  const result = await summarise(trainer, source.id, report.name, last!, evaluation);
  if (json) console.log(JSON.stringify(result));
  else print(result);
}

async function summarise(
  trainer: Trainer,
  teacherId: string,
  backend: string,
  last: StepPoint,
  heldOut: EvaluationPoint,
) {
  const t = await english();
  const { arms, training } = trainer.experiment;
  const sizes = trainer.sizes();
  const names = armNameParts(arms).map((parts) => armName(parts, t));
  return {
    backend,
    steps: training.steps,
    seed: training.seed,
    teacher: { name: teacherId, parameters: sizes.teacher.parameters, heldOut: heldOut.teacher },
    arms: arms.map(({ id }, i) => {
      const { total, terms } = last.arms[id];
      const { loss, accuracy, agreement, klToTeacher } = heldOut.arms[id];
      return {
        name: names[i],
        parameters: sizes[id].parameters,
        losses: { total, ...terms },
        heldOut: { loss, accuracy, agreement, klToTeacher },
      };
    }),
  };
}

function print({ backend, steps, seed, teacher, arms }: Awaited<ReturnType<typeof summarise>>) {
  const figure = (value: number | null | undefined) => (value == null ? '' : value.toPrecision(4));
  console.log(`${steps} steps, seed ${seed}, ${backend}. Held-out masked words:`);
  console.table(
    Object.fromEntries(
      [
        {
          ...teacher,
          losses: undefined,
          heldOut: { agreement: null, klToTeacher: null, ...teacher.heldOut },
        },
        ...arms,
      ].map(({ name, parameters, losses, heldOut }) => [
        name,
        {
          parameters,
          'last training loss': figure(losses?.total),
          'loss (nats)': figure(heldOut.loss),
          accuracy: figure(heldOut.accuracy),
          'agrees with teacher': figure(heldOut.agreement),
          'KL to teacher (nats)': figure(heldOut.klToTeacher),
        },
      ]),
    ),
  );
}

main().catch(async (error) => {
  const { code, values } = problemOf(error);
  // The figures come as data: `problemValues` says which ones each code has.
  const say = (await english()) as (
    key: `problem.${ProblemCode}.${'title' | 'text'}`,
    figures: typeof values,
  ) => string;
  console.error(`${say(`problem.${code}.title`, values)}. ${say(`problem.${code}.text`, values)}`);
  // What nobody foresaw is for whoever mends it.
  if (code === 'unexpected') console.error(error);
  process.exit(1);
});
