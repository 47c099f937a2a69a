/** The sample state as a run of three stages, in its second: a text, then a task twice. No figure in it was measured. */
import type { Experiment, Stage } from '../../src/config/experiment';
import { plansOf } from '../../src/config/stages';
import type { EvaluationPoint } from '../../src/protocol/messages';
import type { PlaygroundState } from '../../src/store/state';
import { sampleState } from './sampleState';

export const borders = [200, 400] as const;

export function stagedExperiment(experiment: Experiment): Experiment {
  const onTask = (steps: number): Stage => ({
    text: { kind: 'task', id: 'feelings' },
    training: { ...experiment.training, steps },
    tuning: { steps: 300, learningRate: 5e-4 },
  });
  return {
    ...experiment,
    training: { ...experiment.training, steps: borders[0] },
    later: [{ ...onTask(borders[1] - borders[0]), augmentation: { tries: 20 } }, onTask(100)],
    arms: experiment.arms.map((arm) => {
      const [plan] = plansOf(arm);
      const layers = { ...plan, weights: { attn: 1, embd: 1, hidn: 1 } };
      return { ...arm, later: arm.id === 'twin' ? [plan, plan] : [layers, plan] };
    }),
  };
}

export function stagedState(): PlaygroundState {
  const state = sampleState();
  const experiment = stagedExperiment(state.experiment);
  const status = { ...state.status, steps: 500, stage: 1 };
  const [border] = borders;
  const again = (point: EvaluationPoint, stage: number): EvaluationPoint => ({
    ...point,
    ...(stage && { stage }),
  });
  const evaluations = state.history.evaluations.flatMap((point) => {
    if (point.step < border) return [again(point, 0)];
    const task = again({ ...point, step: point.step - border }, 1);
    return point.step === border
      ? [again(point, 0), { ...task, step: border }]
      : [{ ...task, step: point.step }];
  });
  const history = {
    ...state.history,
    evaluations,
    steps: state.history.steps.map((point) =>
      point.step <= border
        ? point
        : {
            ...point,
            arms: {
              ...point.arms,
              distilled: {
                ...point.arms.distilled,
                terms: {
                  attn: point.arms.distilled.terms.ce! / 3,
                  embd: point.arms.distilled.terms.cos! / 2,
                  hidn: point.arms.distilled.terms.cos! * 2,
                },
              },
            },
          },
    ),
    changes: [
      { step: 120, path: 'arms.0.temperature', before: 1, value: 2 },
      { step: 262, path: 'later.0.training.learningRate', before: 1e-3, value: 2e-3 },
    ],
  };
  return {
    ...state,
    experiment,
    status,
    history,
    latestSample: history.evaluations.at(-1) ?? null,
    latestFull: null,
    opened: state.opened && { ...state.opened, experiment, status, history },
  };
}
