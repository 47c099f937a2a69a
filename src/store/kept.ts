/** What is kept in this browser, for the dialog that lists it: read when it opens, and after every deletion. */
import { eraseEverything } from '../storage/erase';
import { deleteRows, listRows, type RowsCard } from '../storage/rows';
import type { RunCard } from '../storage/runs';
import type { SetAside } from '../storage/schema';
import { countSeedRuns } from '../storage/seedRunCount';
import { type Space, spaceLeft } from '../storage/space';
import { deleteTeacher, listTeachers, type TeacherCard } from '../storage/teachers';
import { deleteText, listTexts, type TextCard } from '../storage/texts';
import { deleteVectors, listVectors, type VectorsCard } from '../storage/vectors';
import { importAgain } from '../util/importAgain';
import { download } from './download';
import { clearSeeds } from './seeds';

export { mostClosed } from '../storage/openTabs';
export { mostSetAside } from '../storage/schema';
export type { RowsCard, RunCard, SetAside, Space, TeacherCard, TextCard, VectorsCard };

export interface KeptHere {
  runs: RunCard[];
  texts: TextCard[];
  rows: RowsCard[];
  vectors: VectorsCard[];
  teachers: TeacherCard[];
  setAside: SetAside[];
  /** Results in the table of tasks. */
  results: number;
  /** Runs over seeds, done and waiting. */
  seedRuns: number;
  space: Space | null;
}

const schemas = () => importAgain(() => import('./schemas'));

/** @throws ProblemError where the browser's storage can't be read */
export async function listKept(): Promise<KeptHere> {
  const [runs, texts, rows, vectors, teachers, setAside, results, seedRuns, space] = await Promise.all([
    schemas().then(({ listRuns }) => listRuns()),
    listTexts(),
    listRows(),
    listVectors(),
    listTeachers(),
    schemas().then(({ listSetAside }) => listSetAside()),
    schemas().then(async ({ listTaskResults }) => (await listTaskResults()).length),
    countSeedRuns(),
    spaceLeft(),
  ]);
  return { runs, texts, rows, vectors, teachers, setAside, results, seedRuns, space };
}

const deletions = {
  runs: async (id: string) => (await schemas()).clearRun(id),
  texts: deleteText,
  rows: deleteRows,
  vectors: deleteVectors,
  teachers: deleteTeacher,
  setAside: async (id: string) => (await schemas()).deleteSetAside(id),
  /** All of them: one by one they are deleted in the table. */
  results: async (_: string) => (await schemas()).clearTaskResults(),
  /** All of them, those that wait too: one experiment's are deleted where they are shown. */
  seedRuns: (_: string) => clearSeeds(),
};
export type KeptKind = keyof typeof deletions;

/** @throws ProblemError as above */
export const deleteKept = (kind: KeptKind, id: string): Promise<void> => deletions[kind](id);

/** Hands a run that was set aside to the person as a file, without its weights. @throws ProblemError as above */
export async function downloadReport({ id, run }: SetAside): Promise<void> {
  const { reportOf } = await schemas();
  download(new Blob([await reportOf(id)], { type: 'application/json' }), `stillroom-set-aside-${run}.json`);
}

/** Erases everything and opens the page afresh; nothing is written in between. @throws ProblemError as above */
export async function eraseAndReload(): Promise<void> {
  await eraseEverything();
  location.reload();
}
