/** What the page's state machine stands on; tests hand in stand-ins. */
import type { PresetName } from '../config/presets';
import type { Reached } from '../config/results';
import type { EventHandlers } from '../protocol/port';
import type { PlaygroundActions, PlaygroundState } from './state';
import type { ClaimedTab } from './tab';
import type { ShownRun } from './taskResult';
import type { WorkerClient } from './workerClient';

export type Playground = PlaygroundState & { actions: PlaygroundActions };
export type SetState = (changes: Partial<PlaygroundState>) => void;
export type GetState = () => Playground;

export interface MachineParts {
  /** True after a reload, or after coming back to the page, rather than by a link. */
  reloaded: boolean;
  startWorker: (
    handlers: EventHandlers,
    onDeath: (renewed: boolean, event: Event | null) => void,
  ) => WorkerClient;
  /** The name of this tab, which no other living tab has. */
  tab: () => Promise<ClaimedTab>;
  /** What an address that asks for nothing opens, where nothing is kept. */
  firstPreset: () => Promise<PresetName>;
  /** The page's own address, and how it is shown. */
  place: { href: () => string; show: (address: URL) => void; baseUrl: () => string };
  /** How far runs got, kept where a page that goes can still write. */
  notes: {
    /** As they were found: the worker looks at what it is given. */
    read: () => Record<string, unknown>;
    write: (tab: string, reached: Reached) => void;
    forget: (tab: string) => void;
  };
  /** Calls back when the page may be gone in a moment. */
  onLeave: (leave: () => void) => void;
  /** Asks the browser not to throw away what is kept; once. */
  askToPersist: () => void;
  /** What a run that ended on a task came to, for the table of tasks. */
  keepResult: (run: ShownRun) => void;
  /** Gives the person a file. */
  download: (file: Blob, name: string) => void;
  listTexts: PlaygroundActions['listTexts'];
  listRows: PlaygroundActions['listRows'];
  listVectors: PlaygroundActions['listVectors'];
  listTeachers: PlaygroundActions['listTeachers'];
}
