import { problemOf } from '../../src/config/problems';
import { type StoredState, sumState } from '../../src/storage/armState';
import { writtenRecord } from '../../src/storage/keptSchema';
import type { KeptRun } from '../../src/storage/runs';

/** As it lies in storage. */
export const stored = ({ record }: KeptRun) => ({ ...writtenRecord(record), bytes: 1 });
export const storedStates = ({ record: { step }, arms }: KeptRun) =>
  new Map<string, StoredState>(
    Object.entries(arms).map(([id, state]) => [
      id,
      { ...state, step, checksum: sumState(state, step).checksum },
    ]),
  );

export const problemFrom = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (error) {
    return problemOf(error);
  }
};
