/** The options of `npm run distill`. */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Experiment, experimentSchema, type Stage } from '../config/experiment';
import { presetNames } from '../config/presets';
import { ProblemError } from '../config/problems';
import { readSeedList } from '../config/seedList';
import { stagesOf } from '../config/stages';
import { bundledTaskIds, isTask } from '../config/tasks';
import type { LabelledData } from '../tasks/rows';
import { readRows } from './ownRows';
import { withSettings } from './settings';
import { readSource, refuseUnfit } from './source';

export const usage = `Distils students of a bundled teacher on the stories, as the page does.

  npm run distill -- [options]

  which experiment (one of these; distilbert where none is named):
  --preset NAME      ${wrapped(presetNames)}
                     (the newest version; tinybert.1 is an older one)
  --link URL         a link that the page gives, or its part from ?preset= on
  --experiment FILE  an experiment as JSON, of this version or version 1

  what to change in it:
  --set PATH=VALUE   a value, at a path as in links; may be repeated:
                       --set arms.0.temperature=4 --set arms.0.weights.jsd=1
                       --set arms.0.dials.beta=.3 --set stages.0.training.steps=60
                     a stage more, on a task, and a tuned teacher for it:
                       --set stages=2 --set later.0.text.kind=task --set later.0.text.id=topics
                       --set later.0.tuning.steps=200
  --task NAME        the task of every stage that has one: ${wrapped(bundledTaskIds)}
  --rows FILE        labelled rows of your own in their place: TSV, CSV or JSON Lines, read as the
                     page recognises them
  --steps N          updates of each stage; acts after --set, as --task, --rows, --seed and --seeds do
  --seed S           seed of batches and masks
  --seeds S,S,...    a run for each of these seeds, one process per core, and what they say together

  how to run it, and what to print:
  --backend NAME     wasm or cpu (wasm)
  --save FILE        keep the run as a file, which the page opens (Kept here, “Open a run file”)
  --out DIR          write a folder for each arm into this one, which transformers loads
  --json             print the figures as one JSON object on standard output
  --list             print the presets, and the methods with papers and terms (also with --json)
  --help             print this`;

/** Names with commas between them, in lines as long as the others. */
function wrapped(names: readonly string[]): string {
  const lines = [''];
  names.forEach((name, i) => {
    const word = i < names.length - 1 ? `${name}, ` : name;
    if (`${lines.at(-1)}${word}`.length > 78) lines.push('');
    lines[lines.length - 1] += word;
  });
  return lines.map((line) => line.trimEnd()).join(`\n${' '.repeat(21)}`);
}

export interface Options {
  experiment: Experiment;
  backend: 'wasm' | 'cpu';
  json: boolean;
  /** Where several runs are asked for that differ in their seed. */
  seeds?: number[];
  /** Of a person's own. */
  rows?: LabelledData;
  /** Path of the file that the run is to be kept as. */
  save?: string;
  /** Path of the folder that a folder for each arm is written into. */
  out?: string;
}

const optionTable = {
  preset: { type: 'string' },
  link: { type: 'string' },
  experiment: { type: 'string' },
  set: { type: 'string', multiple: true },
  task: { type: 'string' },
  rows: { type: 'string' },
  steps: { type: 'string' },
  seed: { type: 'string' },
  seeds: { type: 'string' },
  backend: { type: 'string', default: 'wasm' },
  save: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws Error for a task that there is not, two of them, or where no stage has one */
function refuseTask(task: string | undefined, rows: string | undefined, stages: Stage[]) {
  if (task === undefined && rows === undefined) return;
  if (task !== undefined && rows !== undefined) {
    throw new Error('--task and --rows each name the task. Write one of them.');
  }
  if (task !== undefined && !bundledTaskIds.some((id) => id === task)) {
    throw new Error(`--task is one of ${bundledTaskIds.join(', ')}.`);
  }
  if (stages.some(({ text }) => isTask(text))) return;
  const option = task === undefined ? '--rows' : '--task';
  throw new Error(`${option} names the task of stages that have one, and none of these has.`);
}

/** Before an hour of training, rather than after it. @throws Error where no file can be written there */
function refuseSaving(file: string, isOfSeeds: boolean) {
  if (isOfSeeds) throw new Error('--save keeps one run, and --seeds asks for several. Write one of them.');
  const folder = dirname(resolve(file));
  try {
    accessSync(folder, constants.W_OK);
    if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
  } catch {
    // The same words for a folder that is not there and for one that may not be written to.
  }
  throw new Error(
    `--save can’t write “${file}”: name a file in a folder that is there and may be written to.`,
  );
}

/** Before an hour of training, rather than after it. @throws Error where no folders can be written there */
function refuseOut(folder: string, isOfSeeds: boolean) {
  if (isOfSeeds) {
    throw new Error('--out writes the students of one run, and --seeds asks for several. Write one of them.');
  }
  if (folder !== '' && canHoldFolders(resolve(folder))) return;
  throw new Error(
    `--out can’t write into “${folder}”: name a folder that may be written to, or a new one in such a folder.`,
  );
}

/** A folder that may be written to, or a path at which one can be made. */
function canHoldFolders(path: string): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return dirname(path) !== path && canHoldFolders(dirname(path));
    accessSync(path, constants.W_OK);
    return found.isDirectory();
  } catch {
    return false;
  }
}

/** Digits alone: what else JavaScript reads as a number ('', '1e3', '0x10') is more likely a slip. */
function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new Error(
      `--${option} is ${text === '' ? 'empty' : `“${text}”`}, and takes a whole number, such as --${option} 100.`,
    );
  }
  return Number(text);
}

/**
 * @throws Error that says what is wrong with them
 * @throws ProblemError, or an AggregateError of several: seedAndSeeds, and those of `readSeedList`, `readSource`,
 *   `withSettings` and `refuseUnfit`
 */
export function parseOptions(args: string[]): Options | 'help' | { list: true; json: boolean } {
  const { values } = parseArgs({ args, options: optionTable });
  if (values.help) return 'help';
  if (values.list) return { list: true, json: values.json };
  if (values.seed !== undefined && values.seeds !== undefined) throw new ProblemError('seedAndSeeds');
  const seeds = values.seeds === undefined ? undefined : readSeedList(values.seeds);
  if (values.save !== undefined) refuseSaving(values.save, seeds !== undefined);
  if (values.out !== undefined) refuseOut(values.out, seeds !== undefined);
  if (values.backend !== 'wasm' && values.backend !== 'cpu') throw new Error('--backend is wasm or cpu.');
  const { preset, link, experiment } = values;
  const base = withSettings(readSource({ preset, link, experiment }), values.set ?? []);
  const { task } = values;
  const stages = stagesOf(base);
  refuseTask(task, values.rows, stages);
  const rows = values.rows === undefined ? null : readRows(values.rows);
  const text = rows?.source ?? (task === undefined ? null : { kind: 'task', id: task });
  const changed = (stage: Stage): unknown => ({
    ...stage,
    ...(text && isTask(stage.text) && { text }),
    training: {
      ...stage.training,
      ...(values.steps === undefined ? {} : { steps: wholeNumber('steps', values.steps) }),
      ...(values.seed === undefined ? {} : { seed: wholeNumber('seed', values.seed) }),
    },
  });
  const [first, ...later] = stages.map(changed);
  const checked = experimentSchema.safeParse({ ...base, ...(first as Stage), later });
  if (!checked.success) {
    throw new Error(
      checked.error.issues.map(({ path, message }) => `${String(path.at(-1))}: ${message}`).join('\n'),
    );
  }
  refuseUnfit(checked.data, rows?.source.id);
  const { backend, json } = values;
  const { save, out } = values;
  return { experiment: checked.data, backend, json, seeds, rows: rows?.data, save, out };
}

/**
 * The same arguments for the run of one of several seeds: without `--seeds`, with `--seed` and `--json`.
 * @param args that `parseOptions` took
 */
export function argumentsForSeed(args: string[], seed: number): string[] {
  const { tokens } = parseArgs({ args, options: optionTable, tokens: true });
  const left = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== 'option' || token.name !== 'seeds') continue;
    left.add(token.index);
    if (!token.inlineValue) left.add(token.index + 1);
  }
  return ['--seed', String(seed), '--json', ...args.filter((_, i) => !left.has(i))];
}
