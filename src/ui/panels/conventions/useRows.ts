import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { Work } from '../../../data/work';
import { type Looked, useLooked } from '../microscope/looked';
import { type Readings, type Rows, readAll } from './lens';

/** Where the logits come from: the word that the page asks for, or a person's own of the softmax lab, or five classes. */
export type RowsOf = 'probe' | 'own';

/** Where nothing else is there: a teacher that is sure, and a student that knows nothing. */
const fiveClasses: Rows = { teacher: [3, 2, 1, 0, -1], student: [0, 0, 0, 0, 0] };

export interface RowsInHand {
  rows: Rows | null;
  of: RowsOf;
  choose: (of: RowsOf) => void;
  /** Null while no model has answered, or where there is no teacher. */
  looked: Looked | null;
  student: string | null;
  chooseStudent: (id: string) => void;
}

/** @param own the softmax lab's, where it is opened from there */
export function useRows(own: Rows | undefined): RowsInHand {
  const every = useLooked();
  const looked = every?.teacher && every.students.length > 0 ? every : null;
  const [of, choose] = useState<RowsOf>(own ? 'own' : 'probe');
  const [chosen, chooseStudent] = useState<string | null>(null);
  const student = looked?.students.find(({ id }) => id === chosen) ?? looked?.students[0];
  const teacher = looked?.teacher;
  const rows = useMemo(() => {
    if (of === 'own') return own ?? fiveClasses;
    return teacher && student ? { teacher: teacher.logits, student: student.logits } : null;
  }, [of, own, teacher, student]);
  return { rows, of, choose, looked, student: student?.id ?? null, chooseStudent };
}

/** Milliseconds of rest between two drawings of a run that goes on: one takes a while. */
const restFor = 1000;

interface Drawn {
  /** Those that were read. */
  rows: Rows;
  /** At every T of `lensTemperatures`. */
  all: Readings[];
}

/** Rows at every T, in slices that hold up nothing; those that pass meanwhile are left out. */
export function useReadings(rows: Rows): Drawn | null {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const wanted = useRef<() => void>(() => {});
  const latest = useRef(rows);
  useEffect(() => {
    const ending = new AbortController();
    const work = new Work({ signal: ending.signal });
    let shown: Rows | null = null;
    let busy = false;
    const follow = async () => {
      if (busy) return;
      busy = true;
      try {
        while (latest.current !== shown) {
          const read = latest.current;
          shown = read;
          const all = await work.run(readAll(read));
          if (ending.signal.aborted) return;
          startTransition(() => setDrawn({ rows: read, all }));
          await new Promise((resolve) => setTimeout(resolve, restFor));
        }
      } catch (error) {
        if (!ending.signal.aborted) throw error;
      } finally {
        busy = false;
      }
    };
    wanted.current = () => void follow();
    wanted.current();
    return () => ending.abort();
  }, []);
  useEffect(() => {
    latest.current = rows;
    wanted.current();
  }, [rows]);
  return drawn;
}
