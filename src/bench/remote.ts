/** A runner behind messages: in a worker of the page, or in a process of Node. */
import { type Problem, ProblemError } from '../config/problems';
import type { Runner } from './runner';

type Method = keyof Runner;
type Call = { id: number; method: Method; parameters: unknown[] };
/** What was thrown, as it crosses. */
type Thrown = { message: string; problem?: Problem };
type Answer = { id: number; result: unknown } | { id: number; error: Thrown };

const thrown = ({ message, problem }: Thrown) =>
  problem ? new ProblemError(problem.code, problem.values) : new Error(message);

/** One end of a channel. */
export interface Channel {
  post(message: unknown): void;
  listen(hear: (message: unknown) => void): void;
}

const methods: Method[] = [
  'open',
  'start',
  'select',
  'step',
  'pipelined',
  'matmulRate',
  'bytes',
  'peakBytes',
];

/** Answers the calls that come through the channel. */
export function serveRunner(runner: Runner, { post, listen }: Channel) {
  listen(async (message) => {
    const { id, method, parameters } = message as Call;
    try {
      const call = runner[method] as (...parameters: unknown[]) => Promise<unknown>;
      post({ id, result: await call(...parameters) } satisfies Answer);
    } catch (error) {
      // The message goes back; where it came from is for whoever mends it.
      console.error(error);
      const message = error instanceof Error ? error.message : String(error);
      const problem = error instanceof ProblemError ? error.problem : undefined;
      post({ id, error: { message, problem } } satisfies Answer);
    }
  });
}

/** A runner at the other end. `fail` rejects what is under way and every later call. */
export function remoteRunner({ post, listen }: Channel): { runner: Runner; fail: (reason: string) => void } {
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  let failure: Error | null = null;
  listen((message) => {
    const answer = message as Answer;
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) call?.reject(thrown(answer.error));
    else call?.resolve(answer.result);
  });
  const callOf =
    (method: Method) =>
    (...parameters: unknown[]) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        const id = ++calls;
        waiting.set(id, { resolve, reject });
        post({ id, method, parameters } satisfies Call);
      });
  return {
    runner: Object.fromEntries(methods.map((method) => [method, callOf(method)])) as unknown as Runner,
    fail(reason) {
      failure = new Error(reason);
      for (const { reject } of waiting.values()) reject(failure);
      waiting.clear();
    },
  };
}
