/** Runs of several stages: where they are, what is kept of a stage that is done, and what takes a run back to it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { presentPath } from '../../src/store/stage';
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
const training = { ...tiny.training, steps: 40, evaluateEvery: 9 };

/** Stages of 40, 30 and 50 updates. */
const staged: Experiment = {
  ...tiny,
  training,
  later: [30, 50].map((steps, i) => ({ text: tiny.text, training: { ...training, steps, seed: 2 + i } })),
  arms: tiny.arms.map((arm) => {
    const { id: _id, student: _student, initialisation: _initialisation, ...plan } = arm;
    return { ...arm, later: [plan, { ...plan, temperature: 3 }] };
  }),
};
const borders = [40, 70];
const all = 120;

async function opened(): Promise<World> {
  const world = new World();
  await pass(500);
  world.state.actions.applyExperiment(staged);
  await pass(500);
  return world;
}

/** Plays until so many updates are done. */
async function playedTo(world: World, step: number) {
  world.state.actions.play();
  for (let i = 0; i < 2000 && world.state.status.step < step; i++) await pass(10);
  expect(world.state.status.step).toBeGreaterThanOrEqual(step);
}

async function rested(world: World) {
  void world.state.actions.pause();
  await pass(3000);
}

/** The students' state can be had again from what the page says of the run. */
function expectTrue({ state, worker }: World) {
  const course = worker.course!;
  expect(state.experiment).toEqual(course.experiment);
  expect(state.status.step).toBe(course.step);
  expect(state.status.stage ?? 0).toBe(course.stage);
  expect(worker.trainer!.state).toBe(stateAfter(course.experiment, state.history.changes, course.step));
}

describe('a run of three stages', () => {
  it('goes through all of them on one time axis', async () => {
    const world = await opened();
    expect(world.state.status).toMatchObject({ step: 0, steps: all });
    await playedTo(world, all);
    await pass(3000);
    expectTrue(world);
    expect(world.state.status).toEqual({
      state: 'finished',
      step: all,
      steps: all,
      stage: 2,
      stepsPerSecond: null,
    });
    const told = [...world.state.history.steps, ...world.state.history.pending].map(({ step }) => step);
    expect(told).toEqual(Array.from({ length: all }, (_, i) => i + 1));
    // Each stage is evaluated where it begins, at times of its own, and as a whole where it ends.
    const evaluated = world.state.history.evaluations.map(
      ({ step, extent, stage = 0 }) => `${stage} ${step} ${extent}`,
    );
    expect(evaluated).toEqual([
      '0 0 sample',
      ...[9, 18, 27, 36].map((step) => `0 ${step} sample`),
      '0 40 full',
      '1 40 sample',
      ...[9, 18, 27].map((step) => `1 ${40 + step} sample`),
      '1 70 full',
      '2 70 sample',
      ...[9, 18, 27, 36, 45].map((step) => `2 ${70 + step} sample`),
      '2 120 full',
    ]);
  });

  it('says what goes before a stage, and what its models are', async () => {
    const world = await opened();
    world.pace = 200;
    world.state.actions.play();
    const heard = new Set<string>();
    for (let i = 0; i < 3000 && world.state.status.step < 45; i++) {
      await pass(10);
      const { opening, status } = world.state;
      if (opening) heard.add(`${opening.stage} in stage ${status.stage ?? 0}`);
    }
    expect([...heard]).toEqual(['measuring in stage 0', 'tuning in stage 0']);
    expect(world.state.opening).toBeNull();
    expect(world.state.status.stage).toBe(1);
    expect(world.state.opened?.arms).not.toEqual({});
    await rested(world);
    expectTrue(world);
  });

  it.each(['crash', 'vanish', 'hang', 'loseDevice'] as const)(
    'goes on in its stage when the worker does this: %s',
    async (death) => {
      const world = await opened();
      await playedTo(world, 50);
      world.worker[death]();
      await pass(8000);
      await playedTo(world, 100);
      await rested(world);
      expect(world.state.status.stage).toBe(2);
      expectTrue(world);
    },
  );

  it.each([35, 40, 41, 69, 70, 71, 110])('comes back after a reload at step %i', async (step) => {
    const world = await opened();
    await playedTo(world, step);
    const { status } = world.state;
    world.reload();
    await pass(5000);
    expect(world.state.status.step).toBeGreaterThanOrEqual(status.step);
    expectTrue(world);
    await playedTo(world, all);
    await pass(2000);
    expectTrue(world);
  });

  it('can be paused before a stage while its teacher is tuned, and goes on', async () => {
    const world = await opened();
    await playedTo(world, 35);
    world.pace = 300;
    for (let i = 0; i < 3000 && world.state.opening?.stage !== 'tuning'; i++) await pass(10);
    expect(world.state.opening?.stage).toBe('tuning');
    void world.state.actions.pause();
    await pass(1500);
    expect(world.state.status).toMatchObject({ state: 'paused', step: 40 });
    expect(world.state.opening).toBeNull();
    expectTrue(world);
    world.pace = 20;
    await playedTo(world, all);
    await pass(2000);
    expectTrue(world);
  });

  it('is stepped over a border', async () => {
    const world = await opened();
    await playedTo(world, 38);
    await rested(world);
    for (let i = world.state.status.step; i < 43; i++) {
      world.state.actions.step();
      await pass(1500);
    }
    expect(world.state.status).toMatchObject({ step: 43, stage: 1 });
    expectTrue(world);
  });

  it('takes a number of the stage that runs, and of one that comes', async () => {
    const world = await opened();
    await playedTo(world, 45);
    world.state.actions.setNumber(presentPath(world.state, 'arms.0.temperature'), 2.5);
    world.state.actions.setNumber('arms.0.later.1.temperature', 5);
    await playedTo(world, all);
    await pass(2000);
    expectTrue(world);
    expect(world.state.history.changes.map(({ path, value }) => [path, value])).toEqual([
      ['arms.0.later.0.temperature', 2.5],
      ['arms.0.later.1.temperature', 5],
    ]);
  });
});

describe('a stage that is done', () => {
  it.each([1, 2])('can be gone back to: before stage %i', async (stage) => {
    const world = await opened();
    await playedTo(world, all);
    await pass(2000);
    const end = world.worker.trainer!.state;
    world.state.actions.goBackTo(stage);
    await pass(2000);
    const border = borders[stage - 1];
    expect(world.state.status).toMatchObject({ state: 'paused', step: border, steps: all });
    expect(world.state.history.evaluations.every((point) => (point.stage ?? 0) < stage)).toBe(true);
    expectTrue(world);
    // From there it comes to the same.
    await playedTo(world, all);
    await pass(2000);
    expect(world.worker.trainer!.state).toBe(end);
    expectTrue(world);
  });

  it('can be gone back to after a reload', async () => {
    const world = await opened();
    await playedTo(world, 100);
    await rested(world);
    world.reload();
    await pass(5000);
    world.state.actions.goBackTo(1);
    await pass(2000);
    expect(world.state.status.step).toBe(40);
    expectTrue(world);
  });

  it('can be gone back to in another tab, which took the run up', async () => {
    const world = await opened();
    await playedTo(world, 60);
    await rested(world);
    world.tab = 'another';
    world.search = '';
    world.reload();
    await pass(5000);
    expect(world.state.status.step).toBeGreaterThanOrEqual(60);
    world.state.actions.goBackTo(1);
    await pass(3000);
    expect(world.state.status.step).toBe(40);
    expectTrue(world);
    await playedTo(world, all);
    await pass(2000);
    expectTrue(world);
  });

  it('that is not kept any more is told, and nothing changes', async () => {
    const world = await opened();
    await playedTo(world, 60);
    await rested(world);
    const { step } = world.state.status;
    world.reload();
    await pass(5000);
    world.disk.states.get('tab')!.delete(40);
    world.state.actions.goBackTo(1);
    await pass(3000);
    expect(world.state.status.step).toBe(step);
    expect(world.state.notices.map(({ problem }) => problem?.code)).toContain('stageNotKept');
    expectTrue(world);
  });

  it('under another teacher of the same name is begun again', async () => {
    const world = await opened();
    await playedTo(world, 100);
    await rested(world);
    world.fingerprint = 'other';
    const [middle, last] = staged.later!;
    world.state.actions.applyExperiment({
      ...staged,
      later: [middle, { ...last, training: { ...last.training, steps: 60 } }],
    });
    await pass(3000);
    expect(world.state.status.step).toBe(0);
    expectTrue(world);
  });

  it('stays when only later ones are changed', async () => {
    const world = await opened();
    await playedTo(world, 100);
    const [middle, last] = staged.later!;
    const longer = { ...last, training: { ...last.training, steps: 60 } };
    world.state.actions.applyExperiment({ ...staged, later: [middle, longer] });
    await pass(2000);
    expect(world.state.status).toMatchObject({ step: 70, steps: 130 });
    expect(world.state.notices.map(({ message }) => message)).toContainEqual({
      key: 'restartedAt',
      values: { step: 70 },
    });
    expectTrue(world);
    await playedTo(world, 130);
    await pass(2000);
    expectTrue(world);
  });

  it('is done again when itself is changed, even by a number', async () => {
    const world = await opened();
    await playedTo(world, 60);
    world.state.actions.setNumber('arms.0.temperature', 6);
    await pass(2000);
    expect(world.state.status.step).toBe(0);
    expectTrue(world);
  });

  it('is not taken for one of another seed', async () => {
    const world = await opened();
    await playedTo(world, 60);
    world.state.actions.applyExperiment({ ...staged, training: { ...training, seed: 9 } });
    await pass(2000);
    expect(world.state.status.step).toBe(0);
    expectTrue(world);
  });

  it('is forgotten with a new start', async () => {
    const world = await opened();
    await playedTo(world, 60);
    void world.state.actions.reset();
    await pass(2000);
    expect(world.state.status.step).toBe(0);
    expectTrue(world);
  });
});
