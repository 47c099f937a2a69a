/** What a changed experiment means for the run: nothing, new numbers for the next step, or a restart. */
import type { Experiment } from './experiment';
import { differingPaths, flatten, withLeaf } from './paths';
import type { NumberChange, NumberSetting } from './results';

/** The numbers that act on the next step. Nothing else names them. */
const livePath = /^(training\.learningRate|arms\.\d+\.(temperature|objective\.\w+))$/;

/** True for a path within an experiment whose number may change while the run is under way. */
export const isLive = (path: string) => livePath.test(path);

/** What a source is called is no part of what is trained. */
const isName = (path: string) => path === 'text.name' || path === 'teacher.name';

/** `numbers`: only live numbers differ; `structure`: the run must start again. */
export function difference(before: Experiment, after: Experiment): 'none' | 'numbers' | 'structure' {
  const paths = differingPaths(before, after).filter((path) => !isName(path));
  if (paths.length === 0) return 'none';
  return paths.every(isLive) ? 'numbers' : 'structure';
}

/** The experiment with other live numbers; a path that is none is left alone. */
export const withSettings = (experiment: Experiment, settings: readonly NumberSetting[]): Experiment =>
  settings.reduce(
    (changed, { path, value }) => (isLive(path) ? withLeaf(changed, path.split('.'), value) : changed),
    experiment,
  );

/** The live numbers that lead from one experiment to the other; what is the same is left out. */
export function settingsBetween(before: Experiment, after: Experiment): NumberSetting[] {
  const wanted = flatten(after);
  return differingPaths(before, after)
    .filter(isLive)
    .flatMap((path) => {
      const value = wanted.get(path);
      return typeof value === 'number' ? [{ path, value }] : [];
    });
}

/** The live number under a path. */
export const numberAt = (experiment: Experiment, path: string): number | null => {
  const value = isLive(path) ? flatten(experiment).get(path) : undefined;
  return typeof value === 'number' ? value : null;
};

/** What settings change at this step; those that are so already are left out. */
export const changesBy = (
  experiment: Experiment,
  step: number,
  settings: readonly NumberSetting[],
): NumberChange[] =>
  settings.flatMap(({ path, value }) => {
    const before = numberAt(experiment, path);
    return before === null || before === value ? [] : [{ step, path, before, value }];
  });

/** The experiment with the numbers that it had before these changes. */
export const withoutChanges = (experiment: Experiment, changes: readonly NumberChange[]): Experiment =>
  withSettings(experiment, changes.map(({ path, before }) => ({ path, value: before })).reverse());
