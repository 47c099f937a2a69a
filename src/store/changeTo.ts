import { difference, settingsBetween } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { stageOfPath } from '../config/stages';
import type { RunStatus } from '../protocol/messages';

/**
 * What a changed experiment means for the run: nothing, numbers for its next step, or another beginning, as for numbers that have
 * been trained with already.
 * @param acting what the run trains with
 */
export function changeTo(experiment: Experiment, acting: Experiment, { state, stage = 0 }: RunStatus) {
  const kind = difference(acting, experiment);
  const ofPast = settingsBetween(acting, experiment).some(({ path }) => stageOfPath(path).stage < stage);
  const restarts = kind === 'structure' || (kind === 'numbers' && (state === 'finished' || ofPast));
  return { kind, restarts };
}
