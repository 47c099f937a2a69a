/** Forks of a run: where they begin, what they come to, and what happens where they can't be. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presets } from '../../src/config/presets';
import { stepsOf } from '../../src/config/stages';
import { decodeExperiment } from '../../src/config/urlCodec';
import { experimentAt, forkedAt } from '../../src/store/forking';
import { StandingClock } from '../support/standingClock';
import { stateAfter } from './fakeTrainer';
import { World } from './fakeWorld';

vi.mock('../../src/util/breathe', () => ({
  breathe: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
}));

const clock = new StandingClock();
const pass = (milliseconds: number) => clock.pass(milliseconds);
beforeEach(() => clock.install());
afterEach(() => clock.remove());

const { tiny } = presets;
const long = { ...tiny, training: { ...tiny.training, steps: 2000, evaluateEvery: 50 } };
const hotter = { path: 'temperature', value: 8 };

/** A run that has been played to about this step, and rests. */
async function playedTo(step: number): Promise<World> {
  const world = new World();
  await pass(500);
  world.state.actions.applyExperiment(long);
  await pass(500);
  world.state.actions.play();
  for (let i = 0; i < 4000 && world.state.status.step < step; i++) await pass(10);
  await rested(world);
  return world;
}

async function rested(world: World) {
  void world.state.actions.pause();
  await pass(3000);
}

/** The students' state can be had again from step 0, from what the page and its address say. */
function expectTrue({ state, worker, search }: World) {
  const course = worker.course!;
  expect(state.phase).toBe('ready');
  expect(state.experiment).toEqual(course.experiment);
  expect(state.status.step).toBe(course.step);
  expect(worker.trainer!.state).toBe(stateAfter(course.experiment, state.history.changes, course.step));
  expect(decodeExperiment(new URLSearchParams(search)).experiment).toEqual(course.experiment);
  const told = [...state.history.steps, ...state.history.pending];
  expect(told.map(({ step }) => step)).toEqual(told.map((_, i) => i + 1));
  // The past of an arm that was another one by then is that one's.
  for (const { step, arms } of told) {
    for (const { id, fork } of course.experiment.arms) {
      expect(arms[id]).toBeDefined();
      if (fork && step <= fork.step) expect(arms[id]).toEqual(arms[fork.of]);
    }
  }
}

const fork = (world: World, step: number, plays = false) =>
  void world.state.actions.fork({ of: world.state.experiment.arms[0].id, step }, hotter, plays);
const noticesOf = ({ state }: World) =>
  state.notices.map(({ problem, message }) => problem?.code ?? message?.key);

describe('a fork', () => {
  it('begins at its step, on the nearest state that is kept, and all arms go on from there', async () => {
    const world = await playedTo(700);
    const { checkpoints } = world.state;
    expect(checkpoints.length).toBeGreaterThan(2);
    const at = checkpoints[1] + 7;
    fork(world, at);
    let first = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 300; i++) {
      await pass(5);
      if (world.state.opening?.stage === 'redoing') first = Math.min(first, world.state.opening.total ?? 0);
    }
    await pass(2000);
    // No more is done again than what lies between.
    expect(first).toBe(7);
    expect(world.state.status).toMatchObject({ step: at, state: 'paused' });
    expect(world.state.experiment.arms.at(-1)).toMatchObject({ temperature: 8, fork: { step: at } });
    expect(world.state.recording.frames.every(({ step }) => step <= at)).toBe(true);
    expect(world.state.recording.frames.length).toBeGreaterThan(2);
    expectTrue(world);
    world.state.actions.play();
    await pass(2000);
    await rested(world);
    expect(world.state.status.step).toBeGreaterThan(at);
    expectTrue(world);
  });

  it('plays on where that is asked, and comes back after a reload', async () => {
    const world = await playedTo(300);
    fork(world, 120, true);
    await pass(9000);
    expect(world.state.status.state).toBe('playing');
    await rested(world);
    const { step } = world.state.status;
    expect(step).toBeGreaterThan(120);
    world.reload();
    await pass(3000);
    expect(world.state.status.step).toBe(step);
    expectTrue(world);
    // And is forked again, at or after states that were kept before it.
    fork(world, 121);
    await pass(6000);
    expect(world.state.experiment.arms).toHaveLength(tiny.arms.length + 2);
    expect(world.state.status.step).toBe(121);
    expectTrue(world);
  });

  it('has the numbers of its step: what was moved later is as it was, what was moved before stays', async () => {
    const world = await playedTo(100);
    const { step: early } = world.state.status;
    world.state.actions.setTemperature(3);
    await pass(500);
    world.state.actions.play();
    await pass(6000);
    await rested(world);
    world.state.actions.setTemperature(1);
    await pass(500);
    world.state.actions.play();
    await pass(3000);
    await rested(world);
    const at = early + 20;
    expect(experimentAt(world.state, at).arms[0].temperature).toBe(3);
    expect(experimentAt(world.state, early - 1).arms[0].temperature).toBe(tiny.arms[0].temperature);
    fork(world, at);
    await pass(9000);
    expect(world.state.status.step).toBe(at);
    expect(world.state.experiment.arms[0].temperature).toBe(3);
    expect(world.state.history.changes.map(({ step }) => step)).toEqual([early]);
    const course = world.worker.course!;
    expect(world.worker.trainer!.state).toBe(stateAfter(course.experiment, world.state.history.changes, at));
    fork(world, early - 5);
    await pass(9000);
    expect(world.state.status.step).toBe(early - 5);
    expect(world.state.history.changes).toEqual([]);
    expectTrue(world);
  });

  it('is done again from step 0 where no state before it can be read', async () => {
    const world = await playedTo(300);
    world.disk.states.get('tab')!.clear();
    fork(world, 5);
    await pass(4000);
    expect(world.state.status.step).toBe(5);
    expectTrue(world);
  });

  it('goes on from memory where the disk is full, and from an earlier state where one can’t be read', async () => {
    const world = await playedTo(150);
    world.disk.state = 'full';
    world.state.actions.play();
    await pass(14_000);
    await rested(world);
    const { checkpoints } = world.state;
    expect(checkpoints.length).toBeGreaterThan(2);
    fork(world, checkpoints.at(-1)! - 1);
    await pass(60_000);
    expect(world.state.status.step).toBe(checkpoints.at(-1)! - 1);
    expectTrue(world);
  });

  it('of a run that is kept here no more is refused in words, and what is open stays', async () => {
    const world = await playedTo(60);
    const before = world.state.status.step;
    // The worker opens another experiment than the page speaks of: as if another tab's run had come.
    world.worker.course!.adjust([{ path: 'arms.0.temperature', value: 9 }]);
    fork(world, 30);
    await pass(4000);
    expect(noticesOf(world)).toContain('forkNotKept');
    expect(world.state.status.step).toBe(before);
    expect(world.state.phase).toBe('ready');
    expect(world.state.experiment).toEqual(long);
  });

  it('that can’t be opened gives way to the run that it comes from', async () => {
    const world = await playedTo(60);
    const before = world.state.status.step;
    const load = vi
      .spyOn(Reflect.get(world.worker.session, 'opener'), 'startCourse')
      .mockRejectedValueOnce(new Error('no memory left'));
    fork(world, 30, true);
    await pass(6000);
    expect(load).toHaveBeenCalled();
    expect(noticesOf(world)).toContain('unexpected');
    expect(world.state.status).toMatchObject({ step: before, state: 'paused' });
    expect(world.state.experiment).toEqual(long);
  });

  it('comes to itself after its worker died on the way', async () => {
    const world = await playedTo(400);
    fork(world, 390);
    await pass(120);
    world.worker.crash();
    await pass(30_000);
    expect(world.state.status.step).toBe(390);
    expectTrue(world);
  });
});

describe('the experiment of a fork', () => {
  it('changes one thing, in the stage of its first update and in those that had the same', () => {
    const { id: _id, student: _student, initialisation: _start, ...plan } = tiny.arms[0];
    const staged = {
      ...long,
      later: [1, 2].map(() => ({ text: long.text, training: long.training })),
      arms: long.arms.map((arm) => ({ ...arm, later: [plan, { ...plan, temperature: 5 }] })),
    };
    const temperatures = (step: number) => {
      const arm = forkedAt(staged, { of: 'distilled', step }, hotter).experiment.arms.at(-1)!;
      return [arm.temperature, ...arm.later!.map(({ temperature }) => temperature)];
    };
    const { temperature } = tiny.arms[0];
    expect(temperatures(10)).toEqual([8, 8, 5]);
    expect(temperatures(2000)).toEqual([temperature, 8, 5]);
    expect(temperatures(stepsOf(staged) - 1)).toEqual([temperature, temperature, 8]);
  });

  it('says nothing that says no more than its absence', () => {
    const changed = (path: string, value: string | number) =>
      forkedAt(long, { of: 'distilled', step: 3 }, { path, value }).experiment.arms.at(-1)!;
    expect(changed('weights.ce', 0).weights).not.toHaveProperty('ce');
    expect(changed('weights.ce', 1).weights.ce).toBe(1);
    expect(changed('softTargets', 'shuffled').softTargets).toBe('shuffled');
    expect(changed('temperature', 8).id).toBe(`arm-${long.arms.length + 1}`);
  });
});
