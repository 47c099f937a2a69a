/** What the page's address says, and how it is kept up with the experiment. */
import { bounds } from '../config/bounds';
import { checkExperiment } from '../config/check';
import type { Experiment } from '../config/experiment';
import { type PresetName, presets } from '../config/presets';
import type { Problem } from '../config/problems';
import type { BackendName } from '../config/results';
import { bundledTeachers } from '../config/teachers';
import { shorten } from '../config/urlShape';
import { type Asked, encodeExperiment, pageParameters, presetAsked } from '../config/urlWriting';
import { importAgain } from '../util/importAgain';

const backends: readonly string[] = ['webgpu', 'wasm', 'cpu'] satisfies BackendName[];

export interface Address {
  experiment: Experiment;
  preset: PresetName;
  backend: BackendName | null;
  sentence: string | null;
  /** T at which distributions are drawn; null: that of the experiment. */
  viewTemperature: number | null;
  /** True where the address asks for an experiment, and not just for the page. */
  specific: boolean;
  problems: Problem[];
}

/**
 * What the page's address says. The schema loads where an address says more than a preset.
 * @throws what a chunk that does not load throws
 */
export async function readAddress(search: string): Promise<Address> {
  const params = new URLSearchParams(search);
  const asked = presetAsked(params);
  if (asked) return addressSaying(params, asked);
  const { decodeExperiment } = await importAgain(() => import('./schemas'));
  return addressSaying(params, decodeExperiment(params));
}

/** @param asked what the address says of the experiment */
export function addressSaying(
  params: URLSearchParams,
  { experiment: asked, preset, problems: found }: Asked,
): Address {
  const problems = [...found];
  const misfits = misfitsOf(asked);
  // What can't be run at all gives way to the preset as a whole: half of it would be an experiment nobody asked for.
  const experiment = misfits.length > 0 ? presets[preset] : asked;
  problems.push(...misfits.slice(0, 1));
  const forced = params.get('backend');
  const backend = forced !== null && backends.includes(forced) ? (forced as BackendName) : null;
  if (forced !== null && backend === null) {
    const values = { parameter: 'backend', value: shorten(forced), used: 'auto' };
    problems.push({ code: 'urlMalformed', values });
  }
  const others = [...params.keys()].filter((name) => !pageParameters.includes(name));
  return {
    experiment,
    preset,
    backend,
    sentence: params.get('sentence'),
    viewTemperature: readTemperature(params.get(viewed), problems),
    specific: others.length > 0,
    problems,
  };
}

const viewed = 'view.temperature';

function readTemperature(text: string | null, problems: Problem[]): number | null {
  if (text === null) return null;
  const { min, max } = bounds.temperature;
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  problems.push({
    code: 'urlMalformed',
    values: { parameter: viewed, value: shorten(text), used: 'arms.0.temperature' },
  });
  return null;
}

/** Why an experiment can't be run, as far as it is known before its teacher is loaded. */
function misfitsOf(experiment: Experiment): Problem[] {
  const { teacher } = experiment;
  if (teacher.kind === 'saved') return [];
  return checkExperiment(experiment, teacher.kind === 'bundled' ? bundledTeachers[teacher.id] : null);
}

/** The address of an experiment; what is not part of it (backend, theme) stays as it is. */
export function addressOf(
  experiment: Experiment,
  preset: PresetName,
  shown: { sentence: string | null; viewTemperature: number | null },
  present: URL,
): URL {
  const address = new URL(present);
  const kept = ['backend', 'lang', 'theme'].flatMap((name): [string, string][] => {
    const value = present.searchParams.get(name);
    return value === null ? [] : [[name, value]];
  });
  const params = encodeExperiment(experiment, preset);
  for (const [name, value] of kept) params.set(name, value);
  if (shown.viewTemperature !== null) params.set(viewed, String(shown.viewTemperature));
  if (shown.sentence !== null) params.set('sentence', shown.sentence);
  address.search = params.toString();
  return address;
}
