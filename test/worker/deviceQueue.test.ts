import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { DeviceQueue } from '../../src/worker/deviceQueue';

const later = <T>(value: T, ms = 5) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

function queueWith(isLost = () => false) {
  const log: string[] = [];
  const queue = new DeviceQueue(isLost, async ({ code }) => {
    await later(null);
    log.push(`fault ${code}`);
  });
  return { log, queue };
}

describe('the queue of the device', () => {
  it('runs one task after the other, whatever each takes', async () => {
    const { log, queue } = queueWith();
    const slow = queue.add(async () => {
      await later(null, 20);
      log.push('slow');
      return 1;
    });
    const fast = queue.add(async () => {
      log.push('fast');
      return 2;
    });
    expect(await Promise.all([slow, fast])).toEqual([1, 2]);
    expect(log).toEqual(['slow', 'fast']);
  });

  it('tells a fault before the next task begins, and the caller only that it was interrupted', async () => {
    const { log, queue } = queueWith();
    const broken = queue.add(async () => {
      throw new ProblemError('lossNotFinite', { arm: 'a', step: 1, term: 'ce' });
    });
    const next = queue.add(async () => {
      log.push('next');
    });
    await expect(broken).rejects.toMatchObject({ problem: { code: 'interrupted' } });
    await next;
    expect(log).toEqual(['fault lossNotFinite', 'next']);
  });

  it('tells nothing of a task that was given up', async () => {
    const { log, queue } = queueWith();
    const given = queue.add(async () => {
      throw new ProblemError('interrupted');
    });
    await expect(given).rejects.toMatchObject({ problem: { code: 'interrupted' } });
    await queue.settled;
    expect(log).toEqual([]);
  });

  it('takes errors for consequences of a loss whose news comes a little later', async () => {
    let lost = false;
    const { log, queue } = queueWith(() => lost);
    const broken = queue.add(async () => {
      setTimeout(() => {
        lost = true;
      }, 20);
      throw new Error('a read was aborted');
    });
    await expect(broken).rejects.toMatchObject({ problem: { code: 'interrupted' } });
    expect(log).toEqual([]);
  });
});
