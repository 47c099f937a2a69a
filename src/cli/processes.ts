/** Work in processes of their own, which end with this one. Each computes on one thread, as WASM does in Node. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Progress } from './progressBar';

/** The end of what a process said that failed, in characters. */
const mostSaid = 2000;

export type InProcess = (args: string[], onStep: (step: number) => void) => Promise<string>;

/**
 * A function that runs a command with arguments, and gives what it printed.
 * @param command a module's address
 * @param endedBy words for a process that failed without any of its own
 */
export function inProcesses(command: URL, endedBy: (reason: string) => string): InProcess {
  const children = new Set<ChildProcess>();
  process.once('exit', () => {
    // They have nothing to put in order, and while they compute they hear of no other signal.
    for (const child of children) child.kill('SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }

  return async (args, onStep) => {
    // `fork` hands on how this process was started, and with it what reads TypeScript.
    const child = fork(fileURLToPath(command), args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    children.add(child);
    child.on('message', ({ step }: Progress) => onStep(step));
    const [printed, said, [code, signal]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    ]).finally(() => children.delete(child));
    if (code !== 0) throw new Error(said.trim().slice(-mostSaid) || endedBy(String(signal ?? code)));
    return printed;
  };
}
