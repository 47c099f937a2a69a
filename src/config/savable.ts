/** The models of a run as they can be saved for other programs. */
import type { TeacherShape } from './teachers';

export interface SavableModel {
  /** `teacherModel`, `otherTeacherId`, or an arm's id. */
  id: string;
  shape: TeacherShape;
  parameters: number;
}

export interface SavableModels {
  /** Those there are now: whoever teaches in this stage, then the arms. */
  models: SavableModel[];
  /** Of a task: the names of its classes; null where words are filled in. */
  classes: readonly string[] | null;
  /** Whether texts come in pairs. */
  pairs: boolean;
  /** Whether the tokenizer is none that BERT's flags describe, so that its file has to be read as it is. */
  ownTokenizer: boolean;
}

/** A model that is to be saved. */
export interface ModelToZip {
  id: string;
  /** Updates done: what has gone on since is not what the card speaks of, and is refused. */
  step: number;
  /** The folder in the zip. */
  folder: string;
  /** README.md. */
  card: string;
}

/** A teacher beside the first, by its place among the others, from 0: no arm can have this id. */
export const otherTeacherId = (index: number) => `teacher ${index + 2}`;
