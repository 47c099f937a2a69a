/** The typed port between page and worker: commands with replies one way, events the other. */
import { type Problem, ProblemError, problemOf } from '../config/problems';
import type { CommandName, CommandPayload, CommandReply, EventName, Events } from './messages';

type CommandMessage = { id: number; command: CommandName; payload: unknown };
type WorkerMessage =
  | { kind: 'reply'; id: number; reply: unknown }
  | { kind: 'refusal'; id: number; problem: Problem }
  | { kind: 'event'; event: EventName; payload: unknown };

/** One handler for every command; a missing one doesn't compile. */
export type CommandHandlers = {
  [C in CommandName]: (payload: CommandPayload<C>) => Promise<CommandReply<C>>;
};
export type EventHandlers = { [E in EventName]: (payload: Events[E]) => void };
export type Emit = <E extends EventName>(event: E, payload: Events[E]) => void;

/** What both a Worker and a worker's own scope offer. */
export interface Endpoint {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** The worker's side: answers commands with `handlers`, returns the function that emits events. */
export function serve(endpoint: Endpoint, makeHandlers: (emit: Emit) => CommandHandlers) {
  const post = (message: WorkerMessage) => endpoint.postMessage(message);
  const handlers = makeHandlers((event, payload) => post({ kind: 'event', event, payload }));
  endpoint.addEventListener('message', async ({ data }) => {
    const { id, command, payload } = data as CommandMessage;
    try {
      const handler = handlers[command] as (payload: unknown) => Promise<unknown>;
      post({ kind: 'reply', id, reply: await handler(payload) });
    } catch (error) {
      // The page gets the words for people; whoever debugs gets the rest here.
      if (!(error instanceof ProblemError)) console.error(error);
      post({ kind: 'refusal', id, problem: problemOf(error) });
    }
  });
}

export interface Connection {
  /** Resolves with the reply, or rejects with a ProblemError. */
  call<C extends CommandName>(
    command: C,
    payload: CommandPayload<C>,
    transfer?: Transferable[],
  ): Promise<CommandReply<C>>;
  /** Rejects every call that is under way and all later ones. */
  close(problem: Problem): void;
}

/** The page's side. */
export function connect(endpoint: Endpoint, handlers: EventHandlers): Connection {
  let calls = 0;
  let closed: Problem | null = null;
  const waiting = new Map<number, { resolve: (reply: unknown) => void; reject: (error: Error) => void }>();
  const refuse = ({ code, values }: Problem) => new ProblemError(code, values);

  endpoint.addEventListener('message', ({ data }) => {
    const message = data as WorkerMessage;
    if (closed) return;
    if (message.kind === 'event') {
      (handlers[message.event] as (payload: unknown) => void)(message.payload);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'reply') call?.resolve(message.reply);
    else call?.reject(refuse(message.problem));
  });

  return {
    call: (command, payload, transfer = []) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(refuse(closed));
        const id = ++calls;
        waiting.set(id, { resolve: resolve as (reply: unknown) => void, reject });
        endpoint.postMessage({ id, command, payload } satisfies CommandMessage, transfer);
      }),
    close: (problem) => {
      closed = problem;
      for (const { reject } of waiting.values()) reject(refuse(problem));
      waiting.clear();
    },
  };
}
