/**
 * An experiment as a URL: the name of a preset and what differs from it, as flat paths that can be read and typed:
 * `?preset=tiny&training.steps=100&arms.0.temperature=3`. Where there are more or fewer stages or arms
 * than the preset has, `stages=3` and `arms=distilled,twin,third` say so first (urlShape.ts), and paths go on from there:
 * `?preset=tiny&stages=2&later.0.text.kind=task&later.0.text.id=topics&later.0.tuning.steps=100`.
 * How such a URL is read is in urlCodec.ts, which needs the schema; the page loads it where a URL says more than a preset.
 */
import { type ChoiceId, type DialId, dialBound, optionsOf } from '../methods/registry';
import type { Experiment } from './experiment';
import { flatten } from './paths';
import { defaultPreset, type PresetName, presetAt, presetLink, presetNames, presets } from './presets';
import type { Problem } from './problems';
import { plansOf, stageCount } from './stages';
import { armIdsIn, withArmIds, withStageCount } from './urlShape';

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

/** What is written as paths. */
function leavesOf({ others: _, arms, ...rest }: Experiment, withArms: boolean) {
  return flatten(withArms ? { ...rest, arms } : rest);
}

/** The experiment's part of a URL. `experiment` must be valid. */
export function encodeExperiment(experiment: Experiment, preset: PresetName): URLSearchParams {
  const params = new URLSearchParams({ preset: presetLink(preset) });
  const count = stageCount(experiment);
  let base: Experiment = presets[preset];
  if (count !== stageCount(base)) {
    params.set('stages', String(count));
    base = withStageCount(base, count);
  }
  // Paths lead to as many plans as there are stages; any other number is written out.
  const planned = experiment.arms.every((arm) => plansOf(arm).length === count);
  const sameNumber = experiment.arms.length === base.arms.length;
  const ids = armIdsIn(experiment.arms.map(({ id }) => id).join(','));
  const asPaths = planned && (sameNumber || ids !== null);
  if (!asPaths) params.set('arms', JSON.stringify(experiment.arms));
  else if (!sameNumber && ids) {
    params.set('arms', ids.join(','));
    base = withArmIds(base, ids);
  }
  const others = JSON.stringify(experiment.others ?? []);
  if (others !== JSON.stringify(base.others ?? [])) params.set('others', others);

  const old = leavesOf(base, asPaths);
  const now = leavesOf(experiment, asPaths);
  for (const path of [...now.keys()]) if (isPrivate(path)) now.delete(path);
  // Entries beside another kind mean something else.
  const otherKind = (path: string) => {
    const kind = `${path.slice(0, path.lastIndexOf('.'))}.kind`;
    return now.get(kind) !== old.get(kind);
  };
  // What a method's number or a weight no longer is has to be said; the rest goes with its kind.
  for (const path of old.keys()) {
    if (!mayBeAbsent(path) || now.has(path)) continue;
    if (path.endsWith('text.without') && otherKind(path)) continue;
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

/** The preset from which an experiment differs least. */
export function nearestPreset(experiment: Experiment): PresetName {
  const differences = presetNames.map(
    (name) => encodeExperiment(experiment, name).toString().length - name.length,
  );
  return presetNames[differences.indexOf(Math.min(...differences))];
}

/** What a URL asks for that names a preset alone, or nothing; null where it says more. */
export function presetAsked(params: URLSearchParams): Asked | null {
  const said = [...params.keys()].filter((name) => !pageParameters.includes(name));
  const known = presetAt(params.get('preset') ?? presetLink(defaultPreset));
  return known && said.every((name) => name === 'preset') ? { ...known, problems: [] } : null;
}

/** What a stage has or has not, as a whole. */
export const stagePart = /^(later\.\d+\.)?(tuning|augmentation)(?=\.|$)/;

/** True for what an experiment says only where it has something to say. */
export const mayBeAbsent = (path: string) =>
  stagePart.test(path) ||
  /^later$|^others$|^(later\.\d+\.)?(text\.without|training\.dropout)$|^arms\.\d+\.(fork\.|(later\.\d+\.)?(teacherTemperature$|(weights|dials|choices|lists|taughtBy)\.))/.test(
    path,
  );

/** What a removed path says: a weight of 0, and everything else as it is where nothing is named. */
export function unsaid(path: string): string {
  if (path.endsWith('text.without')) return '';
  if (path.includes('.fork.')) return 'none';
  if (stagePart.test(path)) return 'none';
  if (path.includes('.choices.')) return optionsOf(path.split('.').at(-1) as ChoiceId)[0];
  if (path.includes('.dials.')) return String(dialBound(path.split('.').at(-1) as DialId).initial);
  return path.includes('.lists.') ? '' : '0';
}
