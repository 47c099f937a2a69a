/** The messages in the corner. */
import { problemOf } from '../config/problems';
import type { GetState, SetState } from './machineParts';
import type { Notice } from './state';

/** Notices on screen at most; older ones give way. */
const most = 6;

export interface Notices {
  tell(notice: Omit<Notice, 'id'>): void;
  complain(error: unknown): void;
  /** Tells of a refusal; resolves with null then. */
  ask<T>(answer: Promise<T>): Promise<T | null>;
  dismiss(gone: (notice: Notice) => boolean): void;
}

export function createNotices(set: SetState, get: GetState): Notices {
  let told = 0;
  const sameWords = (one: Omit<Notice, 'id'>, other: Omit<Notice, 'id'>) =>
    JSON.stringify({ ...one, id: 0 }) === JSON.stringify({ ...other, id: 0 });
  const notices: Notices = {
    tell: (notice) => {
      // The same thing said twice is said once.
      const others = get().notices.filter((other) => !sameWords(other, notice));
      told += 1;
      set({ notices: [...others.slice(1 - most), { ...notice, id: told }] });
    },
    complain: (error) => notices.tell({ tone: 'error', problem: problemOf(error) }),
    ask: async (answer) => {
      try {
        return await answer;
      } catch (error) {
        // Whoever interrupted it knows, and the end of a worker or a run has been told already.
        if (!['interrupted', 'workerDied'].includes(problemOf(error).code)) notices.complain(error);
        return null;
      }
    },
    dismiss: (gone) => {
      const left = get().notices.filter((notice) => !gone(notice));
      if (left.length !== get().notices.length) set({ notices: left });
    },
  };
  return notices;
}
