/** The options of `npm run distill`. */
import { parseArgs } from 'node:util';
import { type Experiment, experimentSchema } from '../config/experiment';
import { presetNames, presets } from '../config/presets';

export const usage = `Distils students of a bundled teacher on the stories, as the page does.

  npm run distill -- [options]

  --preset NAME      ${presetNames.join(', ')} (distilbert)
  --steps N          updates (the preset's)
  --seed S           seed of batches and masks (the preset's)
  --backend NAME     wasm or cpu (wasm)
  --json             print the figures as one JSON object on standard output
  --help             print this`;

export interface Options {
  experiment: Experiment;
  backend: 'wasm' | 'cpu';
  json: boolean;
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

/** @throws Error that says what is wrong with them */
export function parseOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      preset: { type: 'string', default: 'distilbert' },
      steps: { type: 'string' },
      seed: { type: 'string' },
      backend: { type: 'string', default: 'wasm' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
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
  return { experiment: checked.data, backend: values.backend, json: values.json };
}
