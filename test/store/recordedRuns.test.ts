/** What a page has of a run's past after reloads, faults and ways back. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Recording } from '../../src/config/recording';
import { pastStep } from '../../src/store/shown';
import { StandingClock } from '../support/standingClock';
import { World } from './fakeWorld';

vi.mock('../../src/util/breathe', () => ({
  breathe: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
}));

const clock = new StandingClock();
const pass = (milliseconds: number) => clock.pass(milliseconds);
beforeEach(() => clock.install());
afterEach(() => clock.remove());

const stepsOf = ({ frames }: Recording) => frames.map(({ step }) => step);

/** A page whose run has played for a while and rests. */
async function rested(): Promise<World> {
  const world = new World();
  await pass(500);
  world.state.actions.play();
  await pass(4000);
  void world.state.actions.pause();
  await pass(3000);
  expect(world.state.recording.frames.length).toBeGreaterThan(4);
  return world;
}

it('a reload has all of it again, and goes on from it', async () => {
  const world = await rested();
  const before = world.state.recording;
  world.reload();
  await pass(3000);
  expect(world.state.recording).toEqual(before);
  world.state.actions.play();
  await pass(2000);
  expect(stepsOf(world.state.recording).slice(0, before.frames.length)).toEqual(stepsOf(before));
  expect(world.state.recording.frames.length).toBeGreaterThan(before.frames.length);
});

it('a worker that dies leaves the past, and what is done again is not recorded twice', async () => {
  const world = await rested();
  world.state.actions.play();
  await pass(1500);
  world.worker.crash();
  await pass(4000);
  const steps = stepsOf(world.state.recording);
  expect(new Set(steps).size).toBe(steps.length);
  expect(steps[0]).toBe(0);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

it('a reset begins another past, and the one that was looked at is gone', async () => {
  const world = await rested();
  world.state.actions.seek(10);
  expect(pastStep(world.state)).not.toBeNull();
  void world.state.actions.reset();
  await pass(3000);
  expect(pastStep(world.state)).toBeNull();
  expect(stepsOf(world.state.recording)).toEqual([0]);
});

it('training goes on while the past is shown, and rests where it rested', async () => {
  const world = await rested();
  world.state.actions.seek(10);
  const { step } = world.state.status;
  await pass(3000);
  expect(world.state.status).toMatchObject({ state: 'paused', step });
  const shown = pastStep(world.state);
  world.state.actions.play();
  await pass(2000);
  expect(world.state.status.step).toBeGreaterThan(step);
  expect(pastStep(world.state)).toBe(shown);
  // What asks of now leads there.
  void world.state.actions.pause();
  await pass(3000);
  world.state.actions.step();
  expect(pastStep(world.state)).toBeNull();
});

it('another sentence begins another segment, and the past keeps its own', async () => {
  const world = await rested();
  const { sentence } = world.state;
  world.state.actions.setSentence('Another [MASK] here');
  await pass(1000);
  world.state.actions.play();
  await pass(2000);
  expect(world.state.recording.segments.map((segment) => segment.sentence)).toEqual([
    sentence,
    'Another [MASK] here',
  ]);
});

it('a disk that is full keeps nothing of it from being looked at', async () => {
  const world = new World();
  world.disk.state = 'full';
  await pass(500);
  world.state.actions.play();
  await pass(6000);
  expect(world.state.recording.frames.length).toBeGreaterThan(4);
  expect(world.disk.recordings.size).toBe(0);
  world.disk.state = 'well';
  await pass(6000);
  expect(stepsOf(world.disk.recordings.get('tab')!.recording)[0]).toBe(0);
});
