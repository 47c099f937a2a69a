/** What the page's address says, and how it is kept up with the experiment. */
import type { Experiment } from '../config/experiment';
import { type PresetName, presetNames } from '../config/presets';
import type { Problem } from '../config/problems';
import type { BackendName } from '../config/results';
import { decodeExperiment, encodeExperiment } from '../config/urlCodec';
import { shorten } from '../config/urlRepair';

const backends: readonly string[] = ['webgpu', 'wasm', 'cpu'] satisfies BackendName[];

export interface Address {
  experiment: Experiment;
  preset: PresetName;
  backend: BackendName | null;
  sentence: string | null;
  /** True where the address asks for an experiment, and not just for the page. */
  specific: boolean;
  problems: Problem[];
}

export function readAddress(search: string): Address {
  const params = new URLSearchParams(search);
  const { experiment, preset, problems } = decodeExperiment(params);
  const asked = params.get('backend');
  const backend = asked !== null && backends.includes(asked) ? (asked as BackendName) : null;
  if (asked !== null && backend === null) {
    const values = { parameter: 'backend', value: shorten(asked), used: 'auto' };
    problems.push({ code: 'urlMalformed', values });
  }
  const others = [...params.keys()].filter(
    (name) => !['backend', 'lang', 'theme', 'sentence'].includes(name),
  );
  return {
    experiment,
    preset,
    backend,
    sentence: params.get('sentence'),
    specific: others.length > 0,
    problems,
  };
}

/** The address of an experiment; what is not part of it (backend, theme) stays as it is. */
export function addressOf(
  experiment: Experiment,
  preset: PresetName,
  sentence: string | null,
  present: URL,
): URL {
  const address = new URL(present);
  const kept = ['backend', 'lang', 'theme'].flatMap((name): [string, string][] => {
    const value = present.searchParams.get(name);
    return value === null ? [] : [[name, value]];
  });
  const params = encodeExperiment(experiment, preset);
  for (const [name, value] of kept) params.set(name, value);
  if (sentence !== null) params.set('sentence', sentence);
  address.search = params.toString();
  return address;
}

/** The preset from which an experiment differs least. */
export function nearestPreset(experiment: Experiment): PresetName {
  const differences = presetNames.map(
    (name) => encodeExperiment(experiment, name).toString().length - name.length,
  );
  return presetNames[differences.indexOf(Math.min(...differences))];
}
