/**
 * The experiment that a URL asks for, which urlWriting.ts says how to write. Reading never throws: what can't be used is
 * named in a problem, and the preset's own value stands in for it.
 */
import type { Experiment } from './experiment';
import type { Node } from './paths';
import { defaultPreset, presetAt, presets } from './presets';
import type { Problem } from './problems';
import { experimentVersion, upgradeArm, upgradePath } from './upgrade';
import { applyChanges, type Change } from './urlRepair';
import { isShape, shorten, withShape } from './urlShape';
import { type Asked, pageParameters } from './urlWriting';

const reserved = ['preset', 'version', ...pageParameters];

/** The experiment that a URL asks for; without parameters, the default preset. Never throws. */
export function decodeExperiment(params: URLSearchParams): Asked {
  const problems: Problem[] = [];
  const version = Number(params.get('version') ?? experimentVersion);
  if (!(version <= experimentVersion)) {
    const values = { version: shorten(params.get('version')!), known: experimentVersion };
    return {
      experiment: presets[defaultPreset],
      preset: defaultPreset,
      problems: [{ code: 'urlNewer', values }],
    };
  }
  const asked = params.get('preset');
  const newest = { preset: defaultPreset, experiment: presets[defaultPreset] };
  const known = asked === null ? newest : presetAt(asked);
  const { preset, experiment: base } = known ?? newest;
  if (!known) problems.push({ code: 'urlUnknownPreset', values: { value: shorten(asked!), used: preset } });
  const changes = [...params].filter(([name]) => !reserved.includes(name));
  return { experiment: withEntries(base, changes, problems), preset, problems };
}

/** The experiment with entries as they stand in a URL; a problem is added for each that can't be used as it is. */
export function withEntries(
  base: Experiment,
  entries: readonly (readonly [path: string, text: string])[],
  problems: Problem[],
): Experiment {
  const shaped = withShape(base, entries, problems);
  const changes = entries.filter((entry) => !isShape(...entry));
  const lists = changes.filter(([name]) => isList(name)).map(([name, text]): Change => [name, parse(text)]);
  const others = changes
    .filter(([name]) => !isList(name))
    .flatMap(([name, text]) => upgradePath(name).map((path): Change => [path, text]));
  const withLists = applyChanges(shaped, lists, problems);
  return applyChanges(withLists, others, problems);
}

/** What may come as one JSON: the teachers beside the first, and in older links all arms and later stages. */
const isList = (name: string) => name === 'arms' || name === 'later' || name === 'others';

/** Deeper than any list of arms; what walks down a value takes a call for each level, and calls are limited. */
const mostDepth = 16;

/** Levels of brackets in JSON. Those within strings don't count, a string that is never closed holds all that follows. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of json.replace(/"(?:[^"\\]|\\.)*("|$)/gs, '').matchAll(/[[{\]}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** What isn't JSON, or is nested beyond any use, stays text, and is then found to be no list of arms. */
function parse(text: string): Node {
  if (depthOf(text) > mostDepth) return text;
  try {
    const value = JSON.parse(text) ?? text;
    return Array.isArray(value) ? (value.map(upgradeArm) as Node) : value;
  } catch {
    return text;
  }
}
