/** `npm run distill`: the training of the page, in Node and without a screen. */
import { writeFile } from 'node:fs/promises';
import type { Augmented } from '../augment/augment';
import type { Experiment } from '../config/experiment';
import { problemOf } from '../config/problems';
import type { StepPoint } from '../config/results';
import { stageAt, stageCount, stepsOf } from '../config/stages';
import { bundledTasks, isTask, type Metric, metricOf } from '../config/tasks';
import { type LabelledData, labelCounts } from '../tasks/rows';
import { startBackend } from '../train/backends/choose';
import { stageTrainer } from '../train/forkingTrainer';
import type { StageTrainer } from '../train/stageTrainer';
import { allTakenAlong } from '../train/startingWeights';
import { Trainer } from '../train/trainer';
import { listing, listingWords } from './list';
import { writeModelFolders } from './modelFolders';
import { type Options, parseOptions, usage } from './options';
import { ProgressBar } from './progressBar';
import { type KeptStage, RunToKeep } from './runToKeep';
import type { SeedRun } from './seedRuns';
import { distilSeeds } from './seeds';
import { StageReader, type Tell } from './stageData';
import { print, type Summary, summarise } from './summary';
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

/** Trains a stage to its end. @returns the last losses */
async function train(
  trainer: StageTrainer,
  bar: ProgressBar,
  before: number,
  kept: KeptStage | null,
): Promise<StepPoint> {
  const { steps } = trainer.experiment.training;
  let last: StepPoint | undefined;
  while (trainer.step < steps) {
    await trainer.prepare();
    trainer.trainStep();
    const points = await trainer.readPoints();
    await kept?.note(points);
    last = points.at(-1);
    const totals = Object.values(last!.arms).map(({ total }) => total.toFixed(3));
    bar.show(before + trainer.step, `loss ${totals.join('  ')}`);
  }
  return last!;
}

async function main() {
  const { experiment, backend: forced, json, seeds, rows, save, out } = await readOptions();
  const steps = stepsOf(experiment);
  if (seeds) return distilSeeds(process.argv.slice(2), { seeds, steps, json });
  const { report } = await startBackend({
    forced,
    onLost: () => {},
    onError: () => {},
    tunings: null,
    wasmPaths: null,
  });
  const bar = new ProgressBar(steps);
  let done = 0;
  const tell: Tell = (what, share) => bar.show(done, `${what} ${Math.round(100 * share)} %`);
  const reader = new StageReader(experiment.teacher, tell, { rows });
  const several = stageCount(experiment) > 1;
  const stages: StageSummary[] = [];
  const run = save === undefined ? null : new RunToKeep(experiment);
  let before: Awaited<ReturnType<Trainer['weights']>> = {};
  for (let i = 0; i < stageCount(experiment); i++) {
    const stage = stageAt(experiment, i);
    const data = await reader.read(stage);
    const { source, corpus, teacher, others, origin, augmented } = data;
    const trainer = stageTrainer(
      stage,
      before,
      (own, weights) => new Trainer(own, source, teacher, others, { origin, before: weights }),
    );
    const kept = run && (await run.begin(trainer, data, i));
    const last = await train(trainer, bar, done, kept);
    const heldOut = await trainer.evaluate('full', async () => {});
    await kept?.end(heldOut);
    const finished = {
      trainer,
      corpus,
      backend: report.name,
      last,
      heldOut,
      byId: several,
      metric: measureOf(stage, rows),
    };
    const summary = await summarise(finished);
    stages.push({ ...summary, ...ofTask(stage, augmented) });
    if (i + 1 < stageCount(experiment)) {
      before = allTakenAlong(await trainer.weights(), stage, stageAt(experiment, i + 1));
    } else {
      if (run && save !== undefined) await writeFile(save, await run.file(trainer, data));
      if (out !== undefined) {
        await writeModelFolders(out, { experiment, trainer, data, heldOut, metric: finished.metric });
      }
    }
    done += trainer.step;
    trainer.dispose();
  }
  bar.end();
  const result = { ...stages.at(-1)!, steps, ...(several && { stages }) };
  if (json) console.log(JSON.stringify(result satisfies SeedRun));
  else
    for (const stage of stages)
      print(stage, stage.task ? `Held-out rows of ${stage.task}` : 'Held-out masked words');
}

/** What a task is measured by; null for a text. */
function measureOf({ text }: Experiment, rows?: LabelledData): Metric | null {
  if (text.kind === 'task') return bundledTasks[text.id].metric;
  if (text.kind !== 'rows' || !rows) return null;
  return metricOf(labelCounts([...rows.train, ...rows.heldOut], rows.labels.length));
}

type StageSummary = Summary & { task?: string; augmentation?: Augmented['counts'] };

const ofTask = ({ text }: Experiment, augmentation: Augmented['counts'] | null) => ({
  ...(isTask(text) && { task: text.kind === 'task' ? text.id : text.name }),
  ...(augmentation && { augmentation }),
});

main().catch(async (error) => {
  const problem = problemOf(error);
  console.error(await problemWords(problem));
  // What nobody foresaw is for whoever mends it.
  if (problem.code === 'unexpected') console.error(error);
  process.exit(1);
});
