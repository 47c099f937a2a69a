import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { difference, withSettings } from '../../src/config/compare';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { createDraft, drafted, type Playground } from '../../src/store/draft';
import { changeArm, copyArm } from '../../src/store/edits';
import type { PlaygroundState } from '../../src/store/state';
import { sampleState } from '../support/sampleState';

const ownText = { kind: 'own', id: '0123456789abcdef', name: 'Mine' } as const;
const withOwnText = (experiment: Experiment): Experiment => ({ ...experiment, text: ownText });
const withHeads = (heads: number) => (experiment: Experiment) => ({
  ...experiment,
  arms: experiment.arms.map((arm) => ({ ...arm, student: { ...arm.student, heads } })),
});

type Actions = Pick<ReturnType<Playground['getState']>, 'actions'>;

/** A playground that opens what it is given at once, and notes what is played. */
function playgroundAt(step: number, changes: Partial<PlaygroundState> = {}) {
  const start = sampleState();
  const played: Experiment[] = [];
  const store = createStore<PlaygroundState & Actions>()((set, get) => ({
    ...start,
    status: { ...start.status, step },
    ...changes,
    actions: {
      applyExperiment: (experiment) =>
        set({ experiment, phase: 'opening', opened: null, status: { ...get().status, step: 0 } }),
      play: () => played.push(get().experiment),
      setNumber: (path, value) => set({ experiment: withSettings(get().experiment, [{ path, value }]) }),
    },
  }));
  const opened = () => {
    const { experiment } = store.getState();
    store.setState({ phase: 'ready', opened: { ...sampleState().opened!, experiment } });
  };
  const draft = createStore(createDraft(store));
  return { store, draft, played, opened };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a change before the first step', () => {
  it('is applied by itself, once for a number typed digit by digit', () => {
    const { store, draft } = playgroundAt(0);
    const opened = vi.spyOn(store.getState().actions, 'applyExperiment');
    for (const steps of [2, 20, 200]) {
      draft.getState().edit((before) => ({ ...before, training: { ...before.training, steps } }));
      vi.advanceTimersByTime(50);
    }
    expect(opened).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(store.getState().experiment.training.steps).toBe(200);
    expect(draft.getState().pending).toBeNull();
  });

  it('is what the next Play trains, however soon it comes', () => {
    const { draft, played, opened } = playgroundAt(0);
    draft.getState().edit(withOwnText);
    draft.getState().play();
    expect(played).toEqual([]);
    opened();
    expect(played.map(({ text }) => text)).toEqual([ownText]);
    expect(draft.getState().asking).toBe(false);
  });

  it('stays where it can’t be run, and Play asks', () => {
    const { store, draft, played } = playgroundAt(0);
    draft.getState().edit(withHeads(3));
    vi.advanceTimersByTime(1000);
    expect(drafted(draft.getState().pending, store.getState())).toMatchObject({
      waits: true,
      problems: [{ code: 'headsDoNotDivide' }, { code: 'copyNeedsEqualWidth' }, {}, {}],
    });
    draft.getState().play();
    expect(draft.getState().asking).toBe(true);
    draft.getState().startAgain();
    expect(played).toEqual([]);
  });

  it('is applied once an experiment that failed to open gives way to it', () => {
    const { store, draft } = playgroundAt(0, { phase: 'failed', opened: null });
    draft.getState().edit(withOwnText);
    vi.advanceTimersByTime(1000);
    expect(store.getState().experiment.text).toEqual(ownText);
  });

  it('waits for what is being opened, which may bring a run back', () => {
    const { store, draft, opened } = playgroundAt(0, { phase: 'opening', mayReturn: true });
    draft.getState().edit(withOwnText);
    vi.advanceTimersByTime(1000);
    expect(draft.getState().pending).not.toBeNull();
    opened();
    vi.advanceTimersByTime(1000);
    expect(store.getState().experiment.text).toEqual(ownText);
  });

  it('ends an opening that brings none back, as soon as that is known', () => {
    const { store, draft } = playgroundAt(0, { phase: 'opening', mayReturn: true });
    draft.getState().edit(withOwnText);
    vi.advanceTimersByTime(1000);
    store.setState({ mayReturn: false });
    vi.advanceTimersByTime(1000);
    expect(store.getState().phase).toBe('opening');
    expect(store.getState().experiment.text).toEqual(ownText);
  });
});

describe('a change of a run that has steps', () => {
  it('waits, and Play asks: starting again applies it and plays', () => {
    const { store, draft, played, opened } = playgroundAt(40);
    draft.getState().edit(withOwnText);
    vi.advanceTimersByTime(1000);
    expect(store.getState().experiment.text.kind).toBe('bundled');
    draft.getState().play();
    expect([draft.getState().asking, played]).toEqual([true, []]);
    draft.getState().startAgain();
    opened();
    expect(played.map(({ text }) => text)).toEqual([ownText]);
    expect(draft.getState()).toMatchObject({ pending: null, asking: false });
  });

  it('stays when a person goes on without it, and is asked about again only once it has changed', () => {
    const { draft, played } = playgroundAt(40);
    draft.getState().edit(withOwnText);
    draft.getState().play();
    draft.getState().goOn();
    draft.getState().play();
    expect(played.map(({ text }) => text.kind)).toEqual(['bundled', 'bundled']);
    expect(draft.getState().pending).not.toBeNull();
    draft.getState().edit(withHeads(2));
    draft.getState().play();
    expect(draft.getState().asking).toBe(true);
    draft.getState().stay();
    expect([draft.getState().asking, played.length]).toEqual([false, 2]);
  });

  it('is applied by a reset, which leaves nothing to lose', () => {
    const { store, draft } = playgroundAt(40);
    draft.getState().edit(withOwnText);
    store.setState({ status: { ...store.getState().status, step: 0 } });
    vi.advanceTimersByTime(1000);
    expect(store.getState().experiment.text).toEqual(ownText);
  });

  it('is gone when it is taken back by hand, discarded, or another experiment is opened', () => {
    const { store, draft } = playgroundAt(40);
    const { text } = store.getState().experiment;
    draft.getState().edit(withOwnText);
    draft.getState().edit((before) => ({ ...before, text }));
    expect(draft.getState().pending).toBeNull();
    draft.getState().edit(withOwnText);
    draft.getState().discard();
    expect(draft.getState().pending).toBeNull();
    draft.getState().edit(withOwnText);
    store.setState({ experiment: presets.tinybert, preset: 'tinybert' });
    expect(draft.getState().pending).toBeNull();
  });

  it('keeps the numbers that are moved meanwhile, in the run and in arms that are new', () => {
    const { store, draft } = playgroundAt(40);
    draft.getState().edit((before) => copyArm(before, before.arms[0]).experiment);
    const now = () => drafted(draft.getState().pending, store.getState()).experiment;
    draft.getState().setNumber(now().arms[0], 'temperature', 3);
    draft.getState().setNumber(now().arms[2], 'temperature', 9);
    expect(now().arms.map(({ temperature }) => temperature)).toEqual([3, 2, 9]);
    expect(store.getState().experiment.arms.map(({ temperature }) => temperature)).toEqual([3, 2]);
  });
});

describe('a number that comes with another run', () => {
  const weightsOf = ({ experiment }: { experiment: Experiment }) => experiment.arms[0].weights;

  it('waits in the draft, where its term brings parameters along', () => {
    const { store, draft } = playgroundAt(40);
    const now = () => drafted(draft.getState().pending, store.getState());
    const [arm] = store.getState().experiment.arms;
    draft.getState().setNumber(arm, 'weights.ctkd', 1);
    draft.getState().setNumber(arm, 'weights.mse', 2);
    expect(weightsOf(now())).toEqual({ ...arm.weights, ctkd: 1, mse: 2 });
    // The other one acts at once.
    expect(weightsOf(store.getState())).toEqual({ ...arm.weights, mse: 2 });
    draft.getState().setNumber(arm, 'weights.ctkd', 0);
    expect(draft.getState().pending).toBeNull();
  });

  it('is taken away by a draft and taken back, while the run keeps it', () => {
    const { store, draft } = playgroundAt(40);
    const { experiment } = store.getState();
    const [arm, ...others] = experiment.arms;
    const learned = { ...arm, weights: { ctkd: 1, mlm: 1 } };
    store.setState({ experiment: { ...experiment, arms: [learned, ...others] } });
    const now = () => drafted(draft.getState().pending, store.getState());
    draft.getState().setNumber(learned, 'weights.ctkd', 0);
    expect(weightsOf(now())).toEqual({ mlm: 1 });
    expect(weightsOf(store.getState())).toEqual({ ctkd: 1, mlm: 1 });
    draft.getState().setNumber(learned, 'weights.ctkd', 0.5);
    expect(weightsOf(store.getState())).toEqual({ ctkd: 0.5, mlm: 1 });
    expect(draft.getState().pending).toBeNull();
  });

  it('is the teacher’s T where it gets one of its own', () => {
    const { store, draft } = playgroundAt(40);
    draft.getState().edit((before) => changeArm(before, before.arms[0].id, { teacherTemperature: 5 }));
    const now = () => drafted(draft.getState().pending, store.getState()).experiment;
    expect(now().arms[0].teacherTemperature).toBe(5);
    draft.getState().setNumber(now().arms[0], 'teacherTemperature', 6);
    expect(now().arms[0].teacherTemperature).toBe(6);
    expect(store.getState().experiment.arms[0].teacherTemperature).toBeUndefined();
  });

  it('is no dial that the run has moved back to where it was', () => {
    const { store, draft } = playgroundAt(40);
    const [arm] = store.getState().experiment.arms;
    draft.getState().setNumber(arm, 'dials.beta', 0.25);
    draft.getState().edit(withOwnText);
    draft.getState().setNumber(arm, 'dials.beta', 0.5);
    expect(drafted(draft.getState().pending, store.getState()).experiment.arms[0].dials).toEqual({});
  });
});

describe('an experiment to be started', () => {
  it('plays once it is open', () => {
    const { draft, played, opened } = playgroundAt(0);
    draft.getState().start(presets.tiny);
    expect(played).toEqual([]);
    opened();
    expect(played).toEqual([presets.tiny]);
  });

  it('does not play once somebody has opened something else, or it failed', () => {
    const first = playgroundAt(0);
    first.draft.getState().start(presets.tiny);
    first.store.setState({ experiment: presets.tinybert });
    first.opened();
    first.store.setState({ experiment: presets.tiny });
    first.opened();
    expect(first.played).toEqual([]);

    const second = playgroundAt(0);
    second.draft.getState().start(presets.tiny);
    second.store.setState({ phase: 'failed' });
    second.opened();
    expect(second.played).toEqual([]);
  });

  it('plays at once where it is what is open already', () => {
    const { store, draft, played } = playgroundAt(0);
    const { experiment } = store.getState();
    store.setState({
      actions: {
        ...store.getState().actions,
        applyExperiment: (next) => store.setState({ experiment: next }),
      },
    });
    draft.getState().start(experiment);
    expect(difference(played[0], experiment)).toBe('none');
  });
});
