/** How much is left of the preset that an experiment started from. */
import type { Experiment } from './experiment';
import { differingPaths } from './paths';
import { type PresetName, presets } from './presets';

/**
 * `same`: nothing differs. `changed`: it is still the preset's comparison, with something changed. `own`: nothing that
 * makes the preset is left, since none of its arms is there any more, or text and teacher are both others.
 */
export function presetState(experiment: Experiment, preset: PresetName): 'same' | 'changed' | 'own' {
  const base: Experiment = presets[preset];
  const paths = differingPaths(base, experiment);
  if (paths.length === 0) return 'same';
  const known = new Set(base.arms.map(({ id }) => id));
  const noneLeft = !experiment.arms.some(({ id }) => known.has(id));
  const differs = (part: 'text' | 'teacher') => paths.some((path) => path.startsWith(`${part}.`));
  return noneLeft || (differs('text') && differs('teacher')) ? 'own' : 'changed';
}
