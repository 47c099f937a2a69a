import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsBetween, withSettings } from '../../src/config/compare';
import type { Experiment } from '../../src/config/experiment';
import { canFork } from '../../src/config/forks';
import { presets } from '../../src/config/presets';
import { stageCount, stepsBefore } from '../../src/config/stages';
import { probeOf, segmentOf } from '../../src/protocol/recording';
import { withTemperature } from '../../src/store/edits';
import { shownProbe } from '../../src/store/shown';
import { presentPath } from '../../src/store/stage';
import { StandingClock } from '../support/standingClock';
import { beginningOf, logitsOf, stateAfter } from './fakeTrainer';
import { World } from './fakeWorld';

vi.mock('../../src/util/breathe', () => ({
  // Time stands still unless a test moves it; a message channel would not wait for that.
  breathe: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
}));

/** The longest that anything may take: a worker that hangs three times, a disk that is silent at every call. */
const patience = 90_000;

let clock: StandingClock;
const wait = (milliseconds: number) => clock.pass(milliseconds);
const { tiny } = presets;
const short = { ...tiny, training: { ...tiny.training, steps: 60, evaluateEvery: 7 } };

/** Three stages of which the last one's plan and budget are its own. */
const staged: Experiment = {
  ...short,
  training: { ...short.training, steps: 20 },
  later: [15, 25].map((steps, i) => ({
    text: short.text,
    training: { ...short.training, steps, seed: 2 + i },
  })),
  arms: short.arms.map((arm) => {
    const { id: _id, student: _student, initialisation: _initialisation, ...plan } = arm;
    return { ...arm, later: [plan, { ...plan, temperature: 3 }] };
  }),
};

type Act = (world: World) => void;

/** What can happen, by name, so that a failing order reads as one. */
const acts: Record<string, Act> = {
  play: ({ state }) => state.actions.play(),
  pause: ({ state }) => void state.actions.pause(),
  step: ({ state }) => state.actions.step(),
  reset: ({ state }) => void state.actions.reset(),
  colder: ({ state }) => state.actions.setTemperature(1),
  warmer: ({ state }) => state.actions.setTemperature(4),
  faster: ({ state }) => state.actions.setNumber('training.learningRate', 0.01),
  'no weights': ({ state }) => {
    for (const [i, { weights }] of state.experiment.arms.entries()) {
      for (const term of Object.keys(weights)) state.actions.setNumber(`arms.${i}.weights.${term}`, 0);
    }
  },
  weights: ({ state }) => {
    for (const [i, { weights }] of tiny.arms.entries()) {
      for (const [term, weight] of Object.entries(weights)) {
        state.actions.setNumber(`arms.${i}.weights.${term}`, weight);
      }
    }
  },
  'another preset': ({ state }) => state.actions.choosePreset('distilbert'),
  'a short experiment': ({ state }) => state.actions.applyExperiment(short),
  'an applied temperature': ({ state }) =>
    state.actions.applyExperiment(withTemperature(state.experiment, 8)),
  stages: ({ state }) => state.actions.applyExperiment(staged),
  'a longer last stage': ({ state }) => {
    const { later, ...experiment } = state.experiment;
    if (!later) return;
    const [middle, last] = later;
    const { steps } = last.training;
    const longer = { ...last, training: { ...last.training, steps: 30 + ((steps + 1) % 7) } };
    state.actions.applyExperiment({ ...experiment, later: [middle, longer] });
  },
  'a number of this stage': ({ state }) =>
    state.actions.setNumber(presentPath(state, 'arms.0.temperature'), 2 + (state.status.step % 3)),
  'back to the first stage': ({ state }) => state.actions.goBackTo(1),
  'back to the second stage': ({ state }) => state.actions.goBackTo(2),
  fork: ({ state }) => forkAt(state, Math.floor(state.status.step / 2), 5),
  'fork what is looked at': ({ state }) => forkAt(state, state.past?.step ?? 3, 6),
  'fork the moment': ({ state }) => forkAt(state, state.status.step, 7),
  'fork a step that is yet to come': ({ state }) => forkAt(state, state.status.step + 4, 7),
  'look back': ({ state }) => state.actions.seek(Math.floor(state.status.step / 2)),
  'to the first step': ({ state }) => state.actions.seek(0),
  'a recorded step back': ({ state }) => state.actions.seekBy(-1),
  'a recorded step on': ({ state }) => state.actions.seekBy(1),
  'play back': ({ state }) => state.actions.replay(),
  'play back faster': ({ state }) => state.actions.setReplaySpeed(16),
  'end the film': ({ state }) => state.actions.restReplay(),
  'back to live': ({ state }) => state.actions.backToLive(),
  type: ({ state }) => state.actions.setSentence(`A [MASK] ${state.sentence.length}`),
  measure: ({ state }) => state.actions.measure(),
  'look at the layers': ({ state }) => state.actions.watchLayers(true),
  'keep the ledger': ({ state }) => state.actions.keepLedger({ every: 3, share: 1 }),
  'close the ledger': ({ state }) => state.actions.keepLedger(null),
  'look away': ({ state }) => state.actions.watchLayers(false),
  calibrate: ({ state }) => void state.actions.calibrate().catch(() => {}),
  'how time grows': ({ state }) => void state.actions.measureCurves().catch(() => {}),
  'nobody waits': ({ state }) => state.actions.stopGuessing(),
  slow: ({ state }) => state.actions.setSpeed(5),
  'full speed': ({ state }) => state.actions.setSpeed(null),
  // These models have no weights: what matters is that nothing else is amiss.
  'save a model': ({ state }) => {
    const asked = { id: state.experiment.arms[0].id, step: state.status.step, folder: 'a', card: '' };
    void state.actions.saveModel(asked).catch(() => {});
  },
  'measure for a card': ({ state }) => void state.actions.measureHeldOut().catch(() => {}),
  'which models there are': ({ state }) => void state.actions.savableModels().catch(() => {}),
  // Whoever asks for a file hears of a refusal.
  keep: ({ state }) => void state.actions.saveRunFile().catch(() => {}),
  'try again': ({ state }) => state.actions.retry(),
  crash: ({ worker }) => worker?.crash(),
  vanish: ({ worker }) => worker?.vanish(),
  hang: ({ worker }) => worker?.hang(),
  'lose the device': ({ worker }) => worker?.loseDevice(),
  diverge: ({ worker }) => {
    if (worker) worker.diverging = true;
  },
  converge: ({ worker }) => {
    if (worker) worker.diverging = false;
  },
  'disk full': ({ disk }) => {
    disk.state = 'full';
  },
  'disk silent': ({ disk }) => {
    disk.state = 'silent';
  },
  'disk well': ({ disk }) => {
    disk.state = 'well';
  },
  'slow network': (world) => {
    world.loading = 4000;
  },
  'fast network': (world) => {
    world.loading = 40;
  },
  'no network': (world) => {
    world.unreachable = true;
  },
  network: (world) => {
    world.unreachable = false;
  },
  reload: (world) => world.reload(),
  'crash of the tab': (world) => world.reload({ crashed: true }),
};

/** A fork of the last arm that is there by then. */
function forkAt(state: World['state'], step: number, value: number) {
  const { arms } = state.experiment;
  const source = arms.findLast(({ fork }) => !fork || fork.step < step);
  if (!source || !canFork(state.experiment, step, state.status.steps)) return;
  void state.actions.fork({ of: source.id, step }, { path: 'temperature', value }, value === 5);
}

interface Happening {
  act: string;
  /** Milliseconds until the next. */
  after: number;
}

async function course(happenings: Happening[]): Promise<World> {
  const world = new World();
  await wait(1);
  for (const { act, after } of happenings) {
    acts[act](world);
    await wait(after);
    hold(world);
  }
  return world;
}

/** What holds at every moment. */
function hold({ state }: World) {
  const { status, history, phase, opened } = state;
  expect(status.step).toBeLessThanOrEqual(status.steps);
  // No update is told twice, and none is left out.
  const told = [...history.steps, ...history.pending].map(({ step }) => step);
  expect(told).toEqual(told.map((_, i) => i + 1));
  // Comparisons stand in order, and none is of a step that was taken back.
  const { points } = state.likeness;
  expect(points.map(({ step }) => step)).toEqual(points.map(({ step }) => step).sort((a, b) => a - b));
  expect(points.every(({ step }) => step <= status.steps)).toBe(true);
  const { points: gradients } = state.ledger;
  expect(gradients.map(({ step }) => step)).toEqual(gradients.map(({ step }) => step).sort((a, b) => a - b));
  expect(gradients.every(({ step }) => step <= status.steps)).toBe(true);
  expect(history.changes.every((change) => change.step <= status.steps)).toBe(true);
  if (phase === 'ready') expect(opened).not.toBeNull();
  holdRecording(state);
  if (phase === 'failed') expect(state.failure).not.toBeNull();
}

/** What was recorded is in order, of steps that were done, and what is looked at is what was said then. */
function holdRecording({ recording, past, replaying, status, experiment }: World['state']) {
  const places = recording.frames.map((frame) => [segmentOf(recording, frame).stage, frame.step]);
  for (const [i, [stage, step]] of places.entries()) {
    // Updates are told less often than they are done.
    expect(step).toBeLessThanOrEqual(status.steps);
    if (i === 0) continue;
    const [before, earlier] = places[i - 1];
    expect(stage > before ? step >= earlier : stage === before && step > earlier).toBe(true);
  }
  if (replaying) expect(past).not.toBeNull();
  if (!past) return;
  expect(shownProbe({ past, probe: null })?.step).toBe(past.step);
  expect(past.stage).toBeLessThan(stageCount(experiment));
}

/** What holds once everybody is well and all has been answered. */
async function settle(world: World) {
  world.disk.state = 'well';
  world.loading = 40;
  world.unreachable = false;
  for (const worker of world.workers) worker.diverging = false;
  await wait(patience);
  // What ended in words is begun again by a person.
  if (world.state.phase === 'failed') {
    world.state.actions.retry();
    await wait(patience);
  }
  void world.state.actions.pause();
  await wait(5000);
  hold(world);
  const { state, worker, disk } = world;
  expect(state.phase).toBe('ready');
  const trainer = worker.course!;
  expect(worker.trainer!.disposed).toBe(false);
  // What is on screen is what trains.
  if (state.unapplied === null) expect(state.experiment).toEqual(trainer.experiment);
  else expect(settingsBetween(trainer.experiment, state.experiment)).not.toEqual([]);
  expect(state.status).toMatchObject({
    step: trainer.step,
    state: trainer.step === state.status.steps ? 'finished' : 'paused',
  });
  // The record says what it was trained with: by it, the state can be had again from nothing.
  const { changes } = state.history;
  expect(worker.trainer!.state).toBe(stateAfter(trainer.experiment, changes, trainer.step));
  // What was seen of the layers is of this run's students, at the step that is said.
  for (const { step, stage = 0, arms } of state.likeness.points) {
    // At a border the state is that of the stage that ends there.
    if (stage > 0 && step === stepsBefore(trainer.experiment, stage)) continue;
    const [{ cka }] = Object.values(arms);
    expect(cka[0][0]).toBe(stateAfter(trainer.experiment, changes, step));
  }
  // So are the gradients, of an update with one and the same numbers.
  for (const { step, stage = 0, arms } of state.ledger.points) {
    if (stage > 0 && step === stepsBefore(trainer.experiment, stage)) continue;
    const [{ dots }] = Object.values(arms);
    expect(dots[0][0]).toBe(stateAfter(trainer.experiment, changes, step));
  }
  expect(state.status.stage ?? 0).toBe(trainer.stage);
  const known = [...state.history.steps, ...state.history.pending];
  expect(known).toHaveLength(trainer.step);
  expect(state.measuring).toBe(false);
  expect(state.guessing).toBe(null);
  // Every frame is of what this run came to by then: none was recorded twice, or by a run that was taken back.
  const { recording } = state;
  expect(recording).toEqual(worker.recorder!.recording);
  for (const frame of recording.frames) {
    const { stage } = segmentOf(recording, frame);
    const [{ logits }] = probeOf(recording, frame).models;
    // At a border the next stage's students have begun.
    const entered = stage > 0 && frame.step === stepsBefore(trainer.experiment, stage);
    const there = entered
      ? beginningOf(trainer.experiment, changes, stage)
      : stateAfter(trainer.experiment, changes, frame.step);
    expect([frame.step, stage, ...logits]).toEqual([frame.step, stage, ...logitsOf(there)]);
  }
  // Reading it again gives it again.
  const recorded = disk.recordings.get('tab');
  if (recorded && recorded.birth === state.opened?.birth) {
    const { frames } = recorded.recording;
    expect(frames.every(({ step }) => step <= trainer.step)).toBe(true);
  }
  // So does what is on the disk.
  const kept = disk.runs.get('tab');
  if (!kept) return;
  const { step, experiment, history } = kept.record;
  const [{ parameters }] = Object.values(kept.arms);
  const before = history.changes.filter((change) => change.step < step);
  const numbers = withSettings(
    experiment,
    history.changes
      .filter((change) => change.step >= step)
      .map(({ path, before }) => ({ path, value: before }))
      .reverse(),
  );
  expect(parameters.w[0]).toBe(stateAfter(numbers, before, step));
}

beforeEach(() => {
  clock = new StandingClock();
  clock.install();
});
afterEach(() => {
  clock.remove();
});

const happening = fc.record({
  act: fc.constantFrom(...Object.keys(acts)),
  after: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 60, max: 3000 })),
});

describe('whatever overtakes whatever', () => {
  it('what is on screen is what trains, nothing is counted twice, and the record tells how it came about', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: Number(process.env.LEAST ?? 100), maxLength: 100, size: 'max' }),
        async (happenings) => {
          clock.remove();
          clock.install();
          await settle(await course(happenings));
        },
      ),
      {
        numRuns: Number(process.env.ORDERS ?? 50),
        seed: Number(process.env.SEED ?? 7),
        endOnFailure: Boolean(process.env.QUICK),
      },
    );
  }, 600_000);
});
