/** `npm run distill`: the training of the page, in Node and without a screen. */

import { armNameParts } from '../config/armNames';
import type { Experiment, TeacherSource } from '../config/experiment';
import { teacherModel } from '../config/modelIds';
import { problemOf } from '../config/problems';
import type { EvaluationPoint, StepPoint } from '../config/results';
import { buildCorpus, type Corpus } from '../data/corpus';
import { splitTexts } from '../data/stories';
import { createTokenizer } from '../data/tokenizer';
import type { TokenizerJson } from '../data/tokenizerJson';
import { withheldFacts, withoutWord } from '../data/withheld';
import { trainWordPiece } from '../data/wordPieceTrainer';
import { armName } from '../i18n/armName';
import type { TeacherBundle } from '../interop/teacherBundle';
import { startBackend } from '../train/backends/choose';
import { randomTeacher } from '../train/randomTeacher';
import { Trainer } from '../train/trainer';
import { listing, listingWords } from './list';
import { type Options, parseOptions, usage } from './options';
import { ProgressBar } from './progressBar';
import { readStories, readTeacher } from './publicFiles';
import type { SeedRun } from './seedRuns';
import { distilSeeds } from './seeds';
import { english, problemWords, refusalWords } from './words';

/** Options of the command line; prints what is wrong with them and ends. */
async function readOptions(): Promise<Options> {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options === 'help') console.log(usage);
    else if ('list' in options) await printList(options.json);
    else return options;
    process.exit(0);
  } catch (error) {
    console.error(`${await refusalWords(error)}\n\n${usage}`);
    process.exit(2);
  }
}

async function printList(json: boolean) {
  const t = await english();
  const all = listing(t);
  console.log(json ? JSON.stringify(all) : listingWords(all, t));
}

const readOthers = ({ others = [], training }: Experiment, { shape }: TeacherBundle) =>
  Promise.all(
    others.map((other, i) =>
      other.kind === 'random' ? randomTeacher(shape, training.seed, i) : readTeacher(other.id),
    ),
  );

/** Where there is no teacher, one is trained on the part of the texts that is not held out. */
function tokenizerOf(texts: string[], source: TeacherSource): TokenizerJson {
  if (source.kind !== 'none') throw new Error('A teacher brings its own tokenizer');
  return trainWordPiece(splitTexts(texts).train, source.vocabularySize);
}

async function main() {
  const { experiment, backend, json, seeds } = await readOptions();
  const { training, teacher: source } = experiment;
  if (seeds) return distilSeeds(process.argv.slice(2), { seeds, steps: training.steps, json });
  const { report } = await startBackend({
    forced: backend,
    onLost: () => {},
    onError: () => {},
    tunings: null,
    wasmPaths: null,
  });
  const teacher = source.kind === 'bundled' ? await readTeacher(source.id) : null;
  const stories = await readStories();
  const tokenizer = createTokenizer(teacher?.tokenizer ?? tokenizerOf(stories, source));
  const whole = buildCorpus(tokenizer, stories, training.sequenceLength);
  const { without } = experiment.text;
  const corpus = without === undefined ? whole : withoutWord(whole, tokenizer, without);
  const others = teacher ? await readOthers(experiment, teacher) : [];
  const trainer = new Trainer(experiment, corpus, teacher, others);

  const bar = new ProgressBar(training.steps);
  let last: StepPoint | undefined;
  while (trainer.step < training.steps) {
    trainer.trainStep();
    last = (await trainer.readPoints()).at(-1);
    bar.show(
      trainer.step,
      `loss ${Object.values(last!.arms)
        .map(({ total }) => total.toFixed(3))
        .join('  ')}`,
    );
  }
  bar.end();
  const evaluation = await trainer.evaluate('full', async () => {});
  const result = await summarise(trainer, corpus, report.name, last!, evaluation);
  if (json) console.log(JSON.stringify(result satisfies SeedRun));
  else print(result);
}

async function summarise(
  trainer: Trainer,
  corpus: Corpus,
  backend: string,
  last: StepPoint,
  heldOut: EvaluationPoint,
) {
  const t = await english();
  const { arms, text, training, teacher, others = [] } = trainer.experiment;
  const { withheld } = heldOut;
  const sizes = trainer.sizes();
  const names = armNameParts(arms).map((parts) => armName(parts, t));
  return {
    backend,
    steps: training.steps,
    seed: training.seed,
    teacher:
      teacher.kind === 'bundled'
        ? { name: teacher.id, parameters: sizes[teacherModel].parameters, heldOut: heldOut.teacher }
        : null,
    ...(withheld && {
      withheld: {
        word: text.without,
        ...withheldFacts(corpus).withheld,
        places: withheld.places,
        heldOut: withheld.heldOut,
        teacher: withheld.teacher,
      },
    }),
    ...(heldOut.others && {
      others: heldOut.others.map(({ loss, accuracy, agreement, klToTeacher }, i) => {
        const other = others[i];
        const name = other.kind === 'bundled' ? other.id : other.kind;
        return { name, heldOut: { loss, accuracy, agreement, klToTeacher } };
      }),
    }),
    arms: arms.map(({ id }, i) => {
      const { total, terms, readings } = last.arms[id];
      const { loss, accuracy, agreement, klToTeacher } = heldOut.arms[id];
      return {
        name: names[i],
        parameters: sizes[id].parameters,
        losses: { total, ...terms },
        ...(readings && { readings }),
        heldOut: { loss, accuracy, agreement, klToTeacher },
        ...(withheld && { withheld: withheld.arms[id] }),
      };
    }),
  };
}

function print(result: Awaited<ReturnType<typeof summarise>>) {
  const { backend, steps, seed, teacher, others = [], withheld, arms } = result;
  const figure = (value: number | null | undefined) => (value == null ? '' : value.toPrecision(4));
  console.log(`${steps} steps, seed ${seed}, ${backend}. Held-out masked words:`);
  console.table(
    Object.fromEntries(
      [
        ...(teacher
          ? [
              {
                ...teacher,
                losses: undefined,
                heldOut: { agreement: null, klToTeacher: null, ...teacher.heldOut },
                withheld: withheld?.teacher,
              },
            ]
          : []),
        ...others.map((other) => ({ ...other, parameters: null, losses: undefined, withheld: undefined })),
        ...arms,
      ].map(({ name, parameters, losses, heldOut, withheld: known }) => [
        name,
        {
          parameters,
          'last training loss': figure(losses?.total),
          'loss (nats)': figure(heldOut.loss),
          accuracy: figure(heldOut.accuracy),
          'agrees with teacher': figure(heldOut.agreement),
          'KL to teacher (nats)': figure(heldOut.klToTeacher),
          ...(withheld && {
            [`“${withheld.word}” right`]: figure(known?.accuracy),
            [`ln p(“${withheld.word}”)`]: figure(known?.logProbability),
          }),
        },
      ]),
    ),
  );
  if (withheld) {
    const { word, dropped, places, heldOut } = withheld;
    console.log(
      `“${word}” was withheld: ${dropped} sequences left out. Asked at ${places} places, ${heldOut} of them held out.`,
    );
  }
}

main().catch(async (error) => {
  const problem = problemOf(error);
  console.error(await problemWords(problem));
  // What nobody foresaw is for whoever mends it.
  if (problem.code === 'unexpected') console.error(error);
  process.exit(1);
});
