import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { promptly } from '../../src/kernels/backends/pump';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A device as Firefox has it: it answers at a submit, or after 100 ms. */
function lateDevice() {
  const submit = vi.fn<GPUQueue['submit']>();
  const { promise: lost, resolve: lose } = deferred<unknown>();
  return { device: { queue: { submit }, lost }, submit, lose };
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

it('submits nothing about every millisecond until the answer is there', async () => {
  const { device, submit } = lateDevice();
  const { promise, resolve } = deferred<string>();
  submit.mockImplementation(() => {
    if (submit.mock.calls.length === 3) resolve('mapped');
  });
  const answer = promptly(device, promise, true);
  await vi.advanceTimersByTimeAsync(100);
  expect(await answer).toBe('mapped');
  expect(submit.mock.calls).toEqual([[[]], [[]], [[]]]);
});

it('stops where the answer is a failure, and where the device is lost', async () => {
  for (const end of ['refused', 'lost']) {
    const { device, submit, lose } = lateDevice();
    const { promise, reject } = deferred<string>();
    const answer = promptly(device, promise, true);
    answer.catch(() => {});
    await vi.advanceTimersByTimeAsync(2);
    if (end === 'refused') reject(new Error('refused'));
    else lose({});
    await vi.advanceTimersByTimeAsync(0);
    const before = submit.mock.calls.length;
    expect(before).toBeGreaterThan(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(submit.mock.calls.length).toBe(before);
    if (end === 'refused') await expect(answer).rejects.toThrow('refused');
  }
});

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', true],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    false,
  ],
])('asks which browser it is: %s', async (userAgent, pumps) => {
  vi.stubGlobal('navigator', { userAgent });
  const { device, submit } = lateDevice();
  const { promise, resolve } = deferred<void>();
  const answer = promptly(device, promise);
  await vi.advanceTimersByTimeAsync(10);
  resolve();
  await answer;
  expect(submit.mock.calls.length > 0).toBe(pumps);
  vi.unstubAllGlobals();
});
