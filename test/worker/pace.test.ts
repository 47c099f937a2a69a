import { describe, expect, it } from 'vitest';
import { breathe, Nap, Speedometer } from '../../src/worker/pace';

describe('Speedometer', () => {
  it('knows nothing before the first step', () => {
    const meter = new Speedometer();
    expect(meter.stepsPerSecond).toBeNull();
    meter.restart(10, 0);
    expect(meter.stepsPerSecond).toBeNull();
  });

  it('measures from the restart, so that a pause does not count', () => {
    const meter = new Speedometer();
    meter.restart(0, 0);
    meter.note(10, 1000);
    expect(meter.stepsPerSecond).toBe(10);
    meter.restart(10, 60_000);
    meter.note(15, 61_000);
    expect(meter.stepsPerSecond).toBe(5);
  });

  it('forgets what is longer ago than five seconds', () => {
    const meter = new Speedometer();
    meter.restart(0, 0);
    for (let second = 1; second <= 10; second++) meter.note(second, second * 1000);
    for (let second = 11; second <= 20; second++) meter.note(10 + (second - 10) * 8, second * 1000);
    expect(meter.stepsPerSecond).toBe(8);
  });
});

describe('Nap', () => {
  it('ends early when woken', async () => {
    const nap = new Nap();
    const start = performance.now();
    const taken = nap.take(10_000);
    nap.wake();
    await taken;
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('lasts as long as asked otherwise', async () => {
    const start = performance.now();
    await new Nap().take(50);
    expect(performance.now() - start).toBeGreaterThanOrEqual(45);
  });
});

describe('breathe', () => {
  it('lets messages be heard', async () => {
    const { port1, port2 } = new MessageChannel();
    const heard = new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
    });
    port2.postMessage(null);
    let done = false;
    void heard.then(() => {
      done = true;
    });
    await breathe();
    await breathe();
    expect(done).toBe(true);
    port1.close();
  });
});
