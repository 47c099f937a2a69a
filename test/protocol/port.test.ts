import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { bundledTeachers } from '../../src/config/teachers';
import type { RunStatus } from '../../src/protocol/messages';
import {
  type CommandHandlers,
  connect,
  type Emit,
  type Endpoint,
  type EventHandlers,
  serve,
} from '../../src/protocol/port';

const status: RunStatus = { state: 'paused', step: 3, steps: 10, stepsPerSecond: null };
let channel: MessageChannel;

/** Both sides over a channel; commands and events that a test doesn't name have no handler. */
function connected(handlers: Partial<CommandHandlers>, events: Partial<EventHandlers> = {}) {
  channel = new MessageChannel();
  let emit: Emit | undefined;
  serve(channel.port1 as Endpoint, (given) => {
    emit = given;
    return handlers as CommandHandlers;
  });
  const connection = connect(channel.port2 as Endpoint, events as EventHandlers);
  channel.port1.start();
  channel.port2.start();
  return { connection, emit: emit! };
}

afterEach(() => {
  channel.port1.close();
  vi.restoreAllMocks();
});

describe('commands', () => {
  it('reach their handler with the payload, and its reply comes back', async () => {
    const setSpeed = vi.fn(async () => null);
    const { connection } = connected({ setSpeed, pause: async () => status });
    expect(await connection.call('setSpeed', { stepsPerSecond: 4 })).toBeNull();
    expect(setSpeed).toHaveBeenCalledExactlyOnceWith({ stepsPerSecond: 4 });
    expect(await connection.call('pause', {})).toEqual(status);
  });

  it('get their own replies when these arrive in another order', async () => {
    const gates: ((id: number) => void)[] = [];
    const saveAsTeacher = async ({ name }: { name: string }) => {
      const turn = await new Promise<number>((resolve) => gates.push(resolve));
      return { id: `${name} ${turn}`, name, shape: bundledTeachers['stories-4x32'] };
    };
    const { connection } = connected({ saveAsTeacher });
    const calls = ['first', 'second'].map((name) => connection.call('saveAsTeacher', { arm: 'a', name }));
    await vi.waitFor(() => expect(gates).toHaveLength(2));
    gates[1](1);
    expect(await calls[1]).toMatchObject({ id: 'second 1' });
    gates[0](2);
    expect(await calls[0]).toMatchObject({ id: 'first 2' });
  });

  it('that are refused reject with the problem', async () => {
    const refuse = async () => {
      throw new ProblemError('armMissing', { arm: 'x' });
    };
    const { connection } = connected({ saveAsTeacher: refuse });
    const error = await connection.call('saveAsTeacher', { arm: 'x', name: '' }).catch((reason) => reason);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error.problem).toEqual({ code: 'armMissing', values: { arm: 'x' } });
  });

  it('that fail otherwise reject as unexpected, with the words', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { connection } = connected({
      play: async () => {
        throw new TypeError('x is undefined');
      },
    });
    await expect(connection.call('play', {})).rejects.toMatchObject({
      problem: { code: 'unexpected', values: { message: 'x is undefined' } },
    });
    expect(logged).toHaveBeenCalled();
  });

  it('take transferred buffers with them', async () => {
    const { connection } = connected({
      importText: async ({ name, bytes }) => {
        const facts = {
          texts: bytes.byteLength,
          trainSequences: 0,
          trainTokens: 0,
          heldOutSequences: 0,
          words: 0,
          unknownShare: 0,
        };
        return { source: { kind: 'own', id: '0'.repeat(16), name }, facts };
      },
    });
    const bytes = new ArrayBuffer(7);
    const { facts } = await connection.call('importText', { name: 'a', bytes }, [bytes]);
    expect(facts?.texts).toBe(7);
    expect(bytes.byteLength).toBe(0);
  });
});

describe('events', () => {
  it('reach their handler', async () => {
    const statusChanged = vi.fn();
    const { emit } = connected({}, { statusChanged });
    emit('statusChanged', { status });
    await vi.waitFor(() => expect(statusChanged).toHaveBeenCalledExactlyOnceWith({ status }));
  });
});

describe('close', () => {
  const died = { code: 'workerDied', values: { step: 5 } } as const;

  it('rejects calls under way and later ones', async () => {
    const { connection } = connected({ play: () => new Promise(() => {}) });
    const pending = connection.call('play', {});
    connection.close(died);
    await expect(pending).rejects.toMatchObject({ problem: died });
    await expect(connection.call('pause', {})).rejects.toMatchObject({ problem: died });
  });

  it('leaves later events unheard', async () => {
    const statusChanged = vi.fn();
    const { connection, emit } = connected({}, { statusChanged });
    connection.close(died);
    emit('statusChanged', { status });
    const heard = new Promise((resolve) => channel.port2.addEventListener('message', resolve));
    await heard;
    expect(statusChanged).not.toHaveBeenCalled();
  });
});
