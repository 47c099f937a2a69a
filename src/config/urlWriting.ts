/**
 * An experiment as a URL: the name of a preset and what differs from it, as flat paths that can be read and typed:
 * `?preset=tiny&training.steps=100&arms.0.temperature=3`. Where there are more or fewer arms, all are one `arms=<JSON>`;
 * where there are more or fewer stages, those after the first are one `later=<JSON>`, and the arms one with them.
 * How such a URL is read is in urlCodec.ts, which needs the schema; the page loads it where a URL says more than a preset.
 */
import { type ChoiceId, type DialId, dialBound, optionsOf } from '../methods/registry';
import type { Experiment, Stage } from './experiment';
import { flatten } from './paths';
import { defaultPreset, type PresetName, presetAt, presetLink, presets } from './presets';
import type { Problem } from './problems';
import { stageCount } from './stages';
import { isOwn } from './text';

/** What a URL asks for, and what in it can't be used. */
export interface Asked {
  experiment: Experiment;
  preset: PresetName;
  problems: Problem[];
}

/** Parameters about the page, which are no part of the experiment. */
export const pageParameters = ['backend', 'lang', 'theme', 'sentence', 'view.temperature'];

/** What a person called a text or a teacher of their own is nobody else's business. */
const isPrivate = (path: string) => /^(teacher|(later\.\d+\.)?text)\.name$/.test(path);
const withoutName = (stage: Stage): Stage =>
  isOwn(stage.text) ? { ...stage, text: { ...stage.text, name: '' } } : stage;

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
    if (path.endsWith('text.without') && otherKind(path)) continue;
    if (!sameStages && path.startsWith('later.')) continue;
    const part = stagePart.exec(path)?.[0];
    if (part) now.set(part, unsaid(part));
    else if (!path.includes('.taughtBy.')) now.set(path, unsaid(path));
    else if (path.endsWith('.kind')) now.set(path, 'member').set(path.replace(/kind$/, 'index'), 1);
  }
  for (const [path, leaf] of now) {
    if (otherKind(path) || String(leaf) !== String(old.get(path))) params.set(path, String(leaf));
  }
  return params;
}

/** What a URL asks for that names a preset alone, or nothing; null where it says more. */
export function presetAsked(params: URLSearchParams): Asked | null {
  const said = [...params.keys()].filter((name) => !pageParameters.includes(name));
  const known = presetAt(params.get('preset') ?? defaultPreset);
  return known && said.every((name) => name === 'preset') ? { ...known, problems: [] } : null;
}

/** What a stage has or has not, as a whole. */
export const stagePart = /^(later\.\d+\.)?(tuning|augmentation)(?=\.|$)/;

/** True for what an experiment says only where it has something to say. */
export const mayBeAbsent = (path: string) =>
  stagePart.test(path) ||
  /^later$|^others$|^(later\.\d+\.)?(text\.without|training\.dropout)$|^arms\.\d+\.(later\.\d+\.)?(teacherTemperature$|(weights|dials|choices|lists|taughtBy)\.)/.test(
    path,
  );

/** What a removed path says: a weight of 0, and everything else as it is where nothing is named. */
export function unsaid(path: string): string {
  if (path.endsWith('text.without')) return '';
  if (stagePart.test(path)) return 'none';
  if (path.includes('.choices.')) return optionsOf(path.split('.').at(-1) as ChoiceId)[0];
  if (path.includes('.dials.')) return String(dialBound(path.split('.').at(-1) as DialId).initial);
  return path.includes('.lists.') ? '' : '0';
}

export const shorten = (text: string) => (text.length <= 40 ? text : `${text.slice(0, 39)}…`);
