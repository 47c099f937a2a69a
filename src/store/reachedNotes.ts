/**
 * How far runs got, in localStorage: a page that is closed can still write there. Whoever goes on from a note looks at it
 * first, against the run that it is about (`parseReached`).
 */
import type { Reached } from '../config/results';

const key = 'stillroom-reached';
/** Runs that are noted at most. */
const most = 8;
/** Characters that are read at most: far above what as many runs with thousands of changes take. */
const longest = 10_000_000;

/** What is noted, by the runs' names; nothing where it can't be read. */
export function readReached(): Record<string, unknown> {
  try {
    const text = localStorage.getItem(key) ?? '{}';
    const notes = text.length <= longest ? JSON.parse(text) : null;
    return typeof notes === 'object' && notes !== null && !Array.isArray(notes) ? notes : {};
  } catch {
    return {};
  }
}

export function writeReached(run: string, reached: Reached) {
  const { [run]: _, ...others } = readReached();
  write({ ...Object.fromEntries(Object.entries(others).slice(1 - most)), [run]: reached });
}

export function forgetReached(run: string) {
  const { [run]: gone, ...others } = readReached();
  if (gone) write(others);
}

function write(notes: Record<string, unknown>) {
  try {
    localStorage.setItem(key, JSON.stringify(notes));
  } catch {
    // Where nothing can be kept, the last checkpoint has to do.
  }
}
