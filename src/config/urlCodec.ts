/**
 * An experiment as a URL: the name of a preset and what differs from it, as flat paths that can be read and typed:
 * `?preset=tiny&training.steps=100&arms.0.temperature=3`. Where there are more or fewer arms, all are one `arms=<JSON>`;
 * where there are more or fewer stages, those after the first are one `later=<JSON>`, and the arms one with them.
 * Reading never throws: what can't be used is named in a problem, and the preset's own value stands in for it.
 */
import type { Experiment, Stage } from './experiment';
import { flatten, type Node } from './paths';
import { defaultPreset, type PresetName, presetAt, presetLink, presets } from './presets';
import type { Problem } from './problems';
import { stageCount } from './stages';
import { experimentVersion, upgradeArm, upgradePath } from './upgrade';
import { applyChanges, type Change, mayBeAbsent, shorten, unsaid } from './urlRepair';

/** Parameters about the page, which are no part of the experiment. */
export const pageParameters = ['backend', 'lang', 'theme', 'sentence', 'view.temperature'];
const reserved = ['preset', 'version', ...pageParameters];

/** What a person called a text or a teacher of their own is nobody else's business. */
const isPrivate = (path: string) => /^(teacher|(later\.\d+\.)?text)\.name$/.test(path);
const withoutName = (stage: Stage): Stage =>
  stage.text.kind === 'own' ? { ...stage, text: { ...stage.text, name: '' } } : stage;

/** The experiment's part of a URL. `experiment` must be valid. */
export function encodeExperiment(experiment: Experiment, preset: PresetName): URLSearchParams {
  const base: Experiment = presets[preset];
  const params = new URLSearchParams({ preset: presetLink(preset) });
  const sameStages = stageCount(experiment) === stageCount(base);
  if (!sameStages) params.set('later', JSON.stringify((experiment.later ?? []).map(withoutName)));
  const sameNumber = sameStages && experiment.arms.length === base.arms.length;
  if (!sameNumber) params.set('arms', JSON.stringify(experiment.arms));
  const others = JSON.stringify(experiment.others ?? []);
  if (others !== JSON.stringify(base.others ?? [])) params.set('others', others);

  const { others: _before, ...compared } = base;
  const { others: _now, ...present } = experiment;
  const old = flatten(compared);
  const { arms, later, ...alone } = present;
  const now = flatten({ ...alone, ...(sameStages && later && { later }), ...(sameNumber && { arms }) });
  for (const path of [...now.keys()]) if (isPrivate(path)) now.delete(path);
  // Entries beside another kind mean something else.
  const otherKind = (path: string) => {
    const kind = `${path.slice(0, path.lastIndexOf('.'))}.kind`;
    return now.get(kind) !== old.get(kind);
  };
  // What a method's number or a weight no longer is has to be said; the rest goes with its kind.
  for (const path of old.keys()) {
    if (!mayBeAbsent(path) || now.has(path) || (!sameNumber && path.startsWith('arms.'))) continue;
    if (!path.includes('.taughtBy.')) now.set(path, unsaid(path));
    else if (path.endsWith('.kind')) now.set(path, 'member').set(path.replace(/kind$/, 'index'), 1);
  }
  for (const [path, leaf] of now) {
    if (otherKind(path) || String(leaf) !== String(old.get(path))) params.set(path, String(leaf));
  }
  return params;
}

/** The experiment that a URL asks for; without parameters, the default preset. Never throws. */
export function decodeExperiment(params: URLSearchParams): {
  experiment: Experiment;
  preset: PresetName;
  problems: Problem[];
} {
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
  const known = presetAt(asked ?? defaultPreset);
  const { preset, experiment: base } = known ?? presetAt(defaultPreset)!;
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
  const lists = entries.filter(([name]) => isList(name)).map(([name, text]): Change => [name, parse(text)]);
  const others = entries
    .filter(([name]) => !isList(name))
    .flatMap(([name, text]) => upgradePath(name).map((path): Change => [path, text]));
  const withLists = applyChanges(base, lists, problems);
  return applyChanges(withLists, others, problems);
}

/** What comes as one JSON: all arms, or later stages, where their number differs, and the teachers beside the first. */
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
