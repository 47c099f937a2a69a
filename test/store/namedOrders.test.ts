/** Orders that were found to go wrong once, each by its name. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presets } from '../../src/config/presets';
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

/** A page that has been opened, and played for so long. */
async function played(milliseconds: number): Promise<World> {
  const world = new World();
  await pass(500);
  if (milliseconds > 0) world.state.actions.play();
  await pass(milliseconds);
  return world;
}

/** The trainer's state can be had again from what the page says of the run. */
function expectTrue({ state, worker }: World) {
  const course = worker.course!;
  expect(state.experiment).toEqual(course.experiment);
  expect(worker.trainer!.state).toBe(stateAfter(course.experiment, state.history.changes, course.step));
}

const rest = async (world: World) => {
  void world.state.actions.pause();
  await pass(3000);
};
const weighNothing = ({ state }: World) => {
  for (const term of Object.keys(state.experiment.arms[0].weights)) {
    state.actions.setNumber(`arms.0.weights.${term}`, 0);
  }
};
const temperature = ({ state }: World) => state.experiment.arms[0].temperature;

describe('nothing is lost', () => {
  it('at a reload while it plays', async () => {
    const world = await played(3333);
    const { step } = world.state.status;
    expect(step).toBeGreaterThan(100);
    world.reload();
    await pass(4000);
    expect(world.state.status.step).toBe(step);
    expectTrue(world);
  });

  it('but what a crashed tab did in its last second', async () => {
    const world = await played(3333);
    const { step } = world.state.status;
    world.reload({ crashed: true });
    await pass(4000);
    expect(world.state.status.step).toBeGreaterThan(step - 1000 / world.pace - 5);
    expectTrue(world);
  });

  it.each(['crash', 'vanish', 'hang', 'loseDevice'] as const)(
    'when the worker does this while it plays: %s. Within two seconds it is noticed, and plays on',
    async (death) => {
      const world = await played(3333);
      const { step } = world.state.status;
      world.worker[death]();
      await pass(2000);
      expect(world.state.notices.some(({ tone }) => tone === 'warning')).toBe(true);
      await pass(4000);
      expect(world.state.status.state).toBe('playing');
      expect(world.state.status.step).toBeGreaterThan(step);
      await rest(world);
      expectTrue(world);
    },
  );

  it('when the device is lost again while the last steps are done again', async () => {
    const world = await played(1000);
    world.state.actions.setTemperature(4);
    await pass(900);
    const { step } = world.state.status;
    world.worker.loseDevice();
    await pass(160);
    world.worker.loseDevice();
    await pass(6000);
    expect(world.state.status.step).toBeGreaterThanOrEqual(step);
    await rest(world);
    expect(temperature(world)).toBe(4);
    expectTrue(world);
  });

  it('when a new run dies before it is kept: what is known of the one before is not taken for it', async () => {
    const world = await played(3000);
    world.reload();
    await pass(2000);
    world.disk.state = 'full';
    world.state.actions.applyExperiment({
      ...presets.tiny,
      training: { ...presets.tiny.training, seed: 9 },
    });
    await pass(1000);
    world.state.actions.play();
    await pass(300);
    world.disk.state = 'well';
    world.worker.crash();
    await pass(3000);
    await rest(world);
    expectTrue(world);
  });
});

describe('a number', () => {
  it('that is changed and changed back where a run rests is no change', async () => {
    const world = await played(2000);
    await rest(world);
    world.state.actions.setTemperature(4);
    await pass(2000);
    world.state.actions.setTemperature(2);
    await pass(100);
    expect(world.state.history.changes).toEqual([]);
    world.reload();
    await pass(2000);
    expect(temperature(world)).toBe(2);
    expect(world.state.history.changes).toEqual([]);
    expectTrue(world);
  });

  it('that is moved just before the page goes acts after the reload', async () => {
    const world = await played(2000);
    world.state.actions.setTemperature(8);
    await pass(60);
    world.reload();
    await pass(3000);
    expect(temperature(world)).toBe(8);
    expectTrue(world);
  });

  it('stays as it was set when the losses diverge, from the step that the run goes back to', async () => {
    const world = await played(1500);
    world.state.actions.setTemperature(4);
    await pass(300);
    world.worker.diverging = true;
    await pass(600);
    world.worker.diverging = false;
    expect(world.state.status.state).toBe('paused');
    expect(world.state.notices.at(-1)?.problem?.code).toBe('lossNotFinite');
    expect(temperature(world)).toBe(4);
    world.state.actions.play();
    await pass(500);
    await rest(world);
    expectTrue(world);
  });

  it('of a finished run is what it was trained with, however it is moved', async () => {
    const world = await played(0);
    const training = { ...presets.tiny.training, steps: 20 };
    world.state.actions.applyExperiment({ ...presets.tiny, training });
    await pass(500);
    world.state.actions.play();
    await pass(3000);
    expect(world.state.status.state).toBe('finished');
    world.state.actions.setTemperature(16);
    await pass(500);
    expect(temperature(world)).toBe(2);
    expect(world.search).not.toContain('temperature');
    expectTrue(world);
  });

  it('moved in the run’s last moment goes back with it', async () => {
    const world = await played(0);
    const training = { ...presets.tiny.training, steps: 20 };
    world.state.actions.applyExperiment({ ...presets.tiny, training });
    await pass(500);
    world.state.actions.play();
    while (world.state.status.state === 'playing' || world.state.status.step === 0) {
      world.state.actions.setTemperature(2 + (world.state.status.step % 5));
      await pass(7);
    }
    await pass(2000);
    expectTrue(world);
  });

  it('weights that are all 0 do not train, and that is said until they do', async () => {
    const world = await played(500);
    const [arm] = world.state.experiment.arms;
    weighNothing(world);
    await pass(200);
    expect(world.state.unapplied?.code).toBe('noLossWeight');
    expect(world.worker.trainer?.experiment.arms[0].weights).toEqual(arm.weights);
    // The address leads to what trains.
    expect(world.search).not.toMatch(/weights\.\w+=0/);
    for (const [term, weight] of Object.entries({ ...arm.weights, mlm: 3 })) {
      world.state.actions.setNumber(`arms.0.weights.${term}`, weight);
    }
    await pass(200);
    expect(world.state.unapplied).toBeNull();
    expect(world.search).toMatch(/weights\.mlm=3/);
    await rest(world);
    expectTrue(world);
  });

  it('weights that are all 0 don’t keep Reset from working', async () => {
    const world = await played(500);
    weighNothing(world);
    void world.state.actions.reset();
    await pass(1000);
    expect(world.state).toMatchObject({ phase: 'ready', status: { step: 0 } });
    expect(world.state.unapplied?.code).toBe('noLossWeight');
  });
});

describe('an answer that comes late', () => {
  it('of an opening that was overtaken is not shown', async () => {
    const world = new World();
    world.loading = 3000;
    await pass(500);
    world.state.actions.choosePreset('distilbert');
    await pass(100);
    world.loading = 10;
    world.state.actions.choosePreset('tiny');
    await pass(8000);
    expect(world.state).toMatchObject({ phase: 'ready', preset: 'tiny' });
    expect(world.state.opened?.experiment).toEqual(presets.tiny);
    expectTrue(world);
  });

  it('Reset works while a worker hangs', async () => {
    const world = await played(1000);
    world.worker.hang();
    void world.state.actions.reset();
    await pass(2500);
    expect(world.state).toMatchObject({ phase: 'ready', status: { step: 0, state: 'paused' } });
  });

  it('a disk that never answers keeps nobody waiting', async () => {
    const world = new World();
    world.disk.state = 'silent';
    await pass(7000);
    expect(world.state.phase).toBe('ready');
    world.state.actions.play();
    await pass(4000);
    expect(world.state.status.step).toBeGreaterThan(20);
    expect(world.state.notices.some(({ problem }) => problem?.code === 'storageFull')).toBe(true);
  });
});
