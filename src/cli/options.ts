/** The options of `npm run distill`. */
import { parseArgs } from 'node:util';
import { type Experiment, experimentSchema } from '../config/experiment';
import { presetNames, presets } from '../config/presets';
import { ProblemError } from '../config/problems';
import { readSeedList } from './seedList';

export const usage = `Distils students of a bundled teacher on the stories, as the page does.

  npm run distill -- [options]

  --preset NAME      ${presetNames.join(', ')} (distilbert)
  --steps N          updates (the preset's)
  --seed S           seed of batches and masks (the preset's)
  --seeds S,S,...    a run for each of these seeds, one process per core, and what they say together
  --backend NAME     wasm or cpu (wasm)
  --json             print the figures as one JSON object on standard output
  --help             print this`;

export interface Options {
  experiment: Experiment;
  backend: 'wasm' | 'cpu';
  json: boolean;
  /** Where several runs are asked for that differ in their seed. */
  seeds?: number[];
}

const optionTable = {
  preset: { type: 'string', default: 'distilbert' },
  steps: { type: 'string' },
  seed: { type: 'string' },
  seeds: { type: 'string' },
  backend: { type: 'string', default: 'wasm' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

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
 * @throws ProblemError seedAndSeeds, and those of `readSeedList`
 */
export function parseOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({ args, options: optionTable });
  if (values.help) return 'help';
  if (values.seed !== undefined && values.seeds !== undefined) throw new ProblemError('seedAndSeeds');
  const seeds = values.seeds === undefined ? undefined : readSeedList(values.seeds);
  const preset = presetNames.find((name) => name === values.preset);
  if (!preset) throw new Error(`There is no preset ${values.preset}; there are ${presetNames.join(', ')}.`);
  if (values.backend !== 'wasm' && values.backend !== 'cpu') throw new Error('--backend is wasm or cpu.');
  const base: Experiment = presets[preset];
  const training = {
    ...base.training,
    ...(values.steps === undefined ? {} : { steps: wholeNumber('steps', values.steps) }),
    ...(values.seed === undefined ? {} : { seed: wholeNumber('seed', values.seed) }),
  };
  const checked = experimentSchema.safeParse({ ...base, training });
  if (!checked.success) {
    throw new Error(
      checked.error.issues.map(({ path, message }) => `${String(path.at(-1))}: ${message}`).join('\n'),
    );
  }
  return { experiment: checked.data, backend: values.backend, json: values.json, seeds };
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
