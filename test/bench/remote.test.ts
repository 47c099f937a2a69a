import { expect, test, vi } from 'vitest';
import { type Channel, remoteRunner, serveRunner } from '../../src/bench/remote';
import { ProblemError } from '../../src/config/problems';
import { fakeParticipants } from './fakeEngines';

/** Two ends that hand each other clones, as workers and processes do. */
function channelPair(): [Channel, Channel] {
  const ears: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number): Channel => ({
    post: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        for (const hear of ears[1 - own]) hear(copy);
      });
    },
    listen: (hear) => ears[own].push(hear),
  });
  return [end(0), end(1)];
}

function remote(failsAt?: 'open') {
  const [near, far] = channelPair();
  serveRunner(fakeParticipants({ tfjs: { stepMs: 5, failsAt } }).takePart('tfjs').runner, far);
  return remoteRunner(near);
}

test('calls reach the runner and their results come back', async () => {
  const { runner } = remote();
  await runner.open('tfjs', 'wasm');
  const [first, second] = await Promise.all([runner.step(0), runner.step(1)]);
  expect([first.stepMs, second.stepMs]).toEqual([50, 5]);
});

test('what the runner throws is thrown here, and its origin is told there', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  await expect(remote('open').runner.open('tfjs', 'wasm')).rejects.toThrow('tfjs is out');
  expect(told).toHaveBeenCalledOnce();
  told.mockRestore();
});

test('a problem crosses as one, with its code and figures', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const [near, far] = channelPair();
  const { runner } = fakeParticipants({ tfjs: { stepMs: 5 } }).takePart('tfjs');
  const open = () => Promise.reject(new ProblemError('backendUnavailable', { backend: 'WASM' }));
  serveRunner({ ...runner, open }, far);
  const problem = { code: 'backendUnavailable', values: { backend: 'WASM' } };
  await expect(remoteRunner(near).runner.open('tfjs', 'wasm')).rejects.toMatchObject({ problem });
  told.mockRestore();
});

test('once the other end is gone, calls under way and later ones are rejected', async () => {
  const { runner, fail } = remote();
  const underWay = runner.step(0);
  fail('gone');
  await expect(underWay).rejects.toThrow('gone');
  await expect(runner.step(1)).rejects.toThrow('gone');
});
