import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { teacherModel } from '../../src/config/modelIds';
import { recordedOf, withFrame } from '../../src/protocol/recording';
import { pastStep, shownEvaluations, shownProbe, shownProblem, shownSentence } from '../../src/store/shown';
import type { PlaygroundActions, PlaygroundState } from '../../src/store/state';
import { probeAt } from '../protocol/sampleRecording';
import { createPlayground } from '../support/samplePlayground';
import { StandingClock } from '../support/standingClock';

type Playground = PlaygroundState & { actions: PlaygroundActions };

let clock: StandingClock;
beforeEach(() => {
  clock = new StandingClock();
  clock.install();
  globalThis.location ??= { search: '' } as Location;
});
afterEach(() => clock.remove());

/** A page whose run rests after 60 steps, of which every tenth was recorded, with another sentence from step 40 on. */
function page(last = 60) {
  const store = createStore<Playground>()(createPlayground as never);
  let recording: PlaygroundState['recording'] = { stride: 1, segments: [], frames: [] };
  for (let step = 0; step <= last; step += 10) {
    const probe = probeAt(step, { sentence: step < 40 ? 'One [MASK].' : 'Two [MASK].' });
    recording = withFrame(recording, recordedOf(recording, probe, 0));
  }
  const status = { ...store.getState().status, step: 60, steps: 100 };
  store.setState({ recording, status, phase: 'ready', past: null, sentence: 'Three [MASK].' });
  const { actions } = store.getState();
  return { store, actions, at: () => pastStep(store.getState()) };
}

describe('going through the past', () => {
  it('shows the recorded step at or before the one that is asked for, and now from now on', () => {
    const { actions, at } = page();
    for (const [asked, shown] of [
      [0, 0],
      [9.9, 0],
      [10, 10],
      [59, 50],
      [60, null],
      [100, null],
      [-5, 0],
    ] as const) {
      actions.seek(asked);
      expect(at()).toBe(shown);
    }
  });

  it('goes by recorded steps, from now too, and stops at the beginning', () => {
    const { actions, at } = page();
    const by = (frames: number) => {
      actions.seekBy(frames);
      return at();
    };
    // The newest is of now: the first one back is the one before it.
    expect([by(-1), by(-1), by(1), by(1), by(-4), by(-10)]).toEqual([50, 40, 50, null, 20, 0]);
    const running = page(50);
    running.actions.seekBy(-1);
    expect(running.at()).toBe(50);
    running.actions.seekBy(1);
    expect(running.at()).toBe(null);
  });

  it('has nothing to show where nothing was recorded', () => {
    const { store, actions, at } = page();
    store.setState({ recording: { stride: 1, segments: [], frames: [] } });
    actions.seek(3);
    actions.seekBy(-1);
    actions.replay();
    expect(at()).toBe(null);
    expect(store.getState().replaying).toBe(false);
  });

  it('stays where it is when the frame that is looked at is thinned out, and goes on from there', () => {
    const { store, actions, at } = page();
    actions.seek(30);
    const { recording } = store.getState();
    const frames = recording.frames.filter(({ step }) => step % 20 === 0);
    store.setState({ recording: { ...recording, frames } });
    expect(at()).toBe(30);
    actions.seekBy(1);
    expect(at()).toBe(40);
  });
});

describe('a film', () => {
  it('shows four recorded steps a second, from the beginning to now', async () => {
    const { store, actions, at } = page();
    actions.replay();
    expect([at(), store.getState().replaying]).toEqual([0, true]);
    await clock.pass(260);
    expect(at()).toBe(10);
    await clock.pass(1000);
    expect(at()).toBe(50);
    await clock.pass(300);
    expect([at(), store.getState().replaying]).toEqual([null, false]);
  });

  it('leaves steps out where it goes faster than anyone can see, and can be slowed while it goes', async () => {
    const { actions, at } = page();
    actions.setReplaySpeed(16);
    actions.replay();
    await clock.pass(100);
    // Six frames of a 64th of a second each.
    expect(at()).toBe(null);
    actions.setReplaySpeed(0.5);
    actions.replay();
    await clock.pass(480);
    expect(at()).toBe(0);
    await clock.pass(40);
    expect(at()).toBe(10);
  });

  it('ends where a hand takes hold, and goes on from there', async () => {
    const { store, actions, at } = page();
    actions.replay();
    await clock.pass(300);
    actions.seek(30);
    expect([at(), store.getState().replaying]).toEqual([30, false]);
    await clock.pass(5000);
    expect(at()).toBe(30);
    actions.replay();
    await clock.pass(260);
    expect(at()).toBe(40);
    actions.restReplay();
    await clock.pass(5000);
    expect(at()).toBe(40);
    actions.backToLive();
    expect(at()).toBe(null);
  });
});

describe('what is shown', () => {
  it('is of the moment that is looked at: sentence, predictions, evaluations, and no problem of now', () => {
    const { store, actions } = page();
    store.setState({ sentenceProblem: { code: 'sentenceEmpty' } });
    const live = store.getState();
    expect(shownProbe(live)).toBe(live.probe);
    expect(shownSentence(live)).toBe('Three [MASK].');
    expect(shownProblem(live)).not.toBeNull();
    expect(shownEvaluations(live)).toEqual({ latestFull: live.latestFull, latestSample: live.latestSample });
    actions.seek(30);
    const past = store.getState();
    expect(shownSentence(past)).toBe('One [MASK].');
    expect(shownProblem(past)).toBeNull();
    expect(shownProbe(past)).toMatchObject({ step: 30, models: [{ id: teacherModel }, { id: 'distilled' }] });
    const { latestSample, latestFull } = shownEvaluations(past);
    expect(latestSample?.step).toBeLessThanOrEqual(30);
    expect(latestFull?.step ?? 0).toBeLessThanOrEqual(30);
    actions.seek(50);
    expect(shownSentence(store.getState())).toBe('Two [MASK].');
  });
});
