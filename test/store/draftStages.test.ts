import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { withSettings } from '../../src/config/compare';
import type { Experiment } from '../../src/config/experiment';
import { plansOf, stagesOf } from '../../src/config/stages';
import { createDraft, drafted, type Playground } from '../../src/store/draft';
import { inStage, withStages } from '../../src/store/stageEdits';
import { withStageAdded } from '../../src/store/stageTexts';
import type { PlaygroundState } from '../../src/store/state';
import { stagedExperiment, stagedState } from '../support/sampleStages';
import { sampleState } from '../support/sampleState';

type Actions = Pick<ReturnType<Playground['getState']>, 'actions'>;

/** A run of three stages, in its second, that takes live numbers as it is asked to, and notes what it is given to open. */
function inSecondStage(changes: Partial<PlaygroundState> = {}) {
  const opened: Experiment[] = [];
  const store = createStore<PlaygroundState & Actions>()((set, get) => ({
    ...stagedState(),
    ...changes,
    actions: {
      applyExperiment: (experiment) => {
        opened.push(experiment);
        set({ experiment });
      },
      play: () => {},
      setNumber: (path, value) => set({ experiment: withSettings(get().experiment, [{ path, value }]) }),
    },
  }));
  const draft = createStore(createDraft(store));
  const now = () => drafted(draft.getState().pending, store.getState()).experiment;
  const rates = (experiment: Experiment) => stagesOf(experiment).map(({ training }) => training.learningRate);
  return { store, draft, opened, now, rates };
}

const { learningRate } = stagedExperiment(sampleState().experiment).training;
const setSteps = (stage: number, steps: number) => (experiment: Experiment) =>
  inStage(experiment, stage, (own) => ({ ...own, training: { ...own.training, steps } }));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a number', () => {
  it('acts in the stage that it is of, if that runs or is to come', () => {
    const { store, draft, rates } = inSecondStage();
    draft.getState().setNumber(null, 'training.learningRate', 1e-4, 1);
    draft.getState().setNumber(null, 'training.learningRate', 2e-4, 2);
    expect(rates(store.getState().experiment)).toEqual([learningRate, 1e-4, 2e-4]);
    expect(draft.getState().pending).toBeNull();
  });

  it('of a stage that is over waits, and what the run has stays', () => {
    const { store, draft, now, rates, opened } = inSecondStage();
    const [arm] = store.getState().experiment.arms;
    draft.getState().setNumber(arm, 'temperature', 5, 0);
    draft.getState().setNumber(null, 'training.learningRate', 1e-4, 0);
    expect(rates(store.getState().experiment)[0]).toBe(learningRate);
    expect(rates(now())[0]).toBe(1e-4);
    expect(now().arms[0].temperature).toBe(5);
    draft.getState().apply();
    expect(opened).toHaveLength(1);
    expect(opened[0].arms[0].temperature).toBe(5);
  });

  it('moved meanwhile is in the draft of its stage, wherever that has gone', () => {
    const { store, draft, now, rates } = inSecondStage();
    draft.getState().edit(setSteps(2, 50));
    draft.getState().arrange((before) => withStages(before, [1, 2]), [1, 2]);
    store.getState().actions.setNumber('later.1.training.learningRate', 3e-4);
    expect(rates(now())).toEqual([learningRate, 3e-4]);
    expect(stagesOf(now()).map(({ training }) => training.steps)).toEqual([200, 50]);
    draft.getState().setNumber(null, 'training.learningRate', 4e-4, 0);
    expect(rates(store.getState().experiment)).toEqual([learningRate, 4e-4, 3e-4]);
    expect(rates(now())).toEqual([4e-4, 3e-4]);
  });

  it('of a stage that only the draft has is the draft’s alone', () => {
    const { store, draft, now, rates } = inSecondStage();
    const before = store.getState().experiment;
    const task = { kind: 'task', id: 'topics' } as const;
    draft.getState().arrange((all) => withStageAdded(all, task, null), [0, 1, 2, null]);
    draft.getState().setNumber(null, 'training.learningRate', 5e-4, 3);
    draft.getState().setNumber(now().arms[0], 'temperature', 7, 3);
    expect(store.getState().experiment).toBe(before);
    expect(rates(now())).toEqual([learningRate, learningRate, learningRate, 5e-4]);
    expect(plansOf(now().arms[0])[3].temperature).toBe(7);
  });
});

it('stages that change places twice are where they were', () => {
  const { draft, store, now } = inSecondStage();
  draft.getState().arrange((before) => withStages(before, [1, 0, 2]), [1, 0, 2]);
  expect(draft.getState().pending?.order).toEqual([1, 0, 2]);
  draft.getState().arrange((before) => withStages(before, [1, 0, 2]), [1, 0, 2]);
  expect(draft.getState().pending).toBeNull();
  expect(now()).toBe(store.getState().experiment);
});
