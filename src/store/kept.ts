/** What is kept in this browser, for the dialog that lists it: read when it opens, and after every deletion. */
import { eraseEverything } from '../storage/erase';
import type { RunCard } from '../storage/runs';
import { deleteSetAside, listSetAside, reportOf, type SetAside } from '../storage/setAside';
import { type Space, spaceLeft } from '../storage/space';
import { deleteTeacher, listTeachers, type TeacherCard } from '../storage/teachers';
import { deleteText, listTexts, type TextCard } from '../storage/texts';
import { importAgain } from '../util/importAgain';
import { download } from './download';

export { mostClosed } from '../storage/openTabs';
export { mostSetAside } from '../storage/setAside';
export type { RunCard, SetAside, Space, TeacherCard, TextCard };

export interface KeptHere {
  runs: RunCard[];
  texts: TextCard[];
  teachers: TeacherCard[];
  setAside: SetAside[];
  space: Space | null;
}

const schemas = () => importAgain(() => import('./schemas'));

/** @throws ProblemError where the browser's storage can't be read */
export async function listKept(): Promise<KeptHere> {
  const [runs, texts, teachers, setAside, space] = await Promise.all([
    schemas().then(({ listRuns }) => listRuns()),
    listTexts(),
    listTeachers(),
    listSetAside(),
    spaceLeft(),
  ]);
  return { runs, texts, teachers, setAside, space };
}

const deletions = {
  runs: async (id: string) => (await schemas()).clearRun(id),
  texts: deleteText,
  teachers: deleteTeacher,
  setAside: deleteSetAside,
};
export type KeptKind = keyof typeof deletions;

/** @throws ProblemError as above */
export const deleteKept = (kind: KeptKind, id: string): Promise<void> => deletions[kind](id);

/** Hands a run that was set aside to the person as a file, without its weights. @throws ProblemError as above */
export async function downloadReport({ id, run }: SetAside): Promise<void> {
  download(new Blob([await reportOf(id)], { type: 'application/json' }), `stillroom-set-aside-${run}.json`);
}

/** Erases everything and opens the page afresh; nothing is written in between. @throws ProblemError as above */
export async function eraseAndReload(): Promise<void> {
  await eraseEverything();
  location.reload();
}
