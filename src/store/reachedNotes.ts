/** How far runs got, in localStorage: a page that is closed can still write there. */
import { bounds } from '../config/bounds';
import { isLive } from '../config/compare';
import type { Reached } from '../config/results';
import { upgradeChanges } from '../config/upgrade';
import { z } from '../config/zod';

const key = 'stillroom-reached';
/** Runs that are noted at most. */
const most = 8;
const mostChanges = 10_000;

const step = z.number().int().min(0).max(bounds.steps.max);
const number = z.number().min(0).max(bounds.lossWeight.max);
const noteSchema = z.record(
  z.string().max(80),
  z.object({
    birth: z.string().max(100),
    step,
    // Notes have no version: paths of version 1 are no paths of this one.
    changes: z
      .array(z.object({ step, path: z.string().max(60), before: number, value: number }))
      .max(mostChanges)
      .transform((changes) => upgradeChanges(changes))
      .refine((changes) => changes.every(({ path }) => isLive(path))),
  }),
);

/** What is noted, by the runs' names; nothing where it can't be read. */
export function readReached(): Record<string, Reached> {
  try {
    const read = noteSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? '{}'));
    return read.success ? read.data : {};
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

function write(notes: Record<string, Reached>) {
  try {
    localStorage.setItem(key, JSON.stringify(notes));
  } catch {
    // Where nothing can be kept, the last checkpoint has to do.
  }
}
