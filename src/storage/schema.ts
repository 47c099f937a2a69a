/** The stores of the database. What is large (bytes, weights) lies apart from what lists show of it. */
import type { DBSchema, IDBPDatabase } from 'idb';
import type { Problem } from '../config/problems';
import type { RowsReading } from '../config/rowsPreview';
import type { TeacherShape } from '../config/teachers';
import type { StoredState } from './armState';

export interface TextCard {
  id: string;
  name: string;
  /** Length in bytes. */
  bytes: number;
  /** Milliseconds since 1970. */
  savedAt: number;
}

export interface RowsCard {
  id: string;
  name: string;
  /** Length of the file in bytes. */
  bytes: number;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** How many there are. */
  labels: number;
  rows: number;
  /** How the file was read, so that it gives the same rows again. */
  reading: RowsReading;
}

export interface VectorsCard {
  /** Made from the content. */
  id: string;
  name: string;
  /** Words that have a vector, and numbers of each. */
  words: number;
  dimension: number;
  /** Length in bytes. */
  bytes: number;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** Word vectors of a person's file: those of the words that are needed. */
export interface VectorsFile {
  /** One a line. */
  words: string;
  /** int8 [W, d]; each word has a scale of its own, since vectors are brought to length 1 anyway. */
  vectors: ArrayBuffer;
}

export interface TeacherCard {
  id: string;
  name: string;
  /** For choosing students that fit, without reading the files. */
  shape: TeacherShape;
  /** Milliseconds since 1970. */
  created: number;
  /** Of all its files. */
  bytes: number;
}

/** A model that was trained here, in Hugging Face's files. */
export interface TeacherFiles {
  /** config.json, parsed. */
  config: unknown;
  /** tokenizer.json, parsed. */
  tokenizer: unknown;
  /** model.safetensors. */
  weights: ArrayBuffer;
}

/** Runs that are set aside; more are not kept: the oldest goes. */
export const mostSetAside = 3;

/** A run that can't be read. Its states lie in `states` and its record in `recordsAside`, as they were found. */
export interface SetAside {
  /** Sorts by time. */
  id: string;
  /** The id that it was kept under. */
  run: string;
  /** When it was set aside, in milliseconds since 1970. */
  at: number;
  problem: Problem;
  /** Length of its states. */
  bytes: number;
}

export interface StoredTaskTeacher {
  /** Numbers by Hugging Face's names. */
  parameters: Record<string, Float32Array>;
  /** Over names, lengths and numbers. */
  checksum: number;
  /** Milliseconds since 1970. */
  savedAt: number;
}

export interface StillroomDatabase extends DBSchema {
  textCards: { key: string; value: TextCard };
  textBytes: { key: string; value: ArrayBuffer };
  rowsCards: { key: string; value: RowsCard };
  rowsBytes: { key: string; value: ArrayBuffer };
  vectorsCards: { key: string; value: VectorsCard };
  vectorsFiles: { key: string; value: VectorsFile };
  teacherCards: { key: string; value: TeacherCard };
  teacherFiles: { key: string; value: TeacherFiles };
  /** Everything of a run but its weights, by the run's id. Not believed before it has passed `keptSchema.ts`. */
  records: { key: string; value: object; indexes: { savedAt: number } };
  /** By run, step and arm. As above. */
  states: { key: [run: string, step: number, arm: string]; value: StoredState };
  /** How far a run has come since its record, by the run's id. As above. */
  reached: { key: string; value: object };
  /**
   * What was recorded of a run, a frame or a segment each, so that a checkpoint writes only what is new; see `recordings.ts`. Not
   * believed before it has passed `keptRecording.ts`.
   */
  recordings: { key: [run: string, kind: 'head' | 'segment' | 'frame', number: number]; value: object };
  setAside: { key: string; value: SetAside };
  recordsAside: { key: string; value: unknown };
  /** Teachers tuned on a task, by what they were tuned from, on and how. Not believed before they are looked at. */
  taskTeachers: { key: string; value: StoredTaskTeacher };
  /** What runs on tasks came to, by their experiments. Not believed before it has passed `taskResults.ts`. */
  taskResults: { key: string; value: object };
  /** Runs of experiments over seeds, done and waiting, by experiment and seed. Not believed before it has passed `seedRuns.ts`. */
  seedRuns: { key: string; value: object };
  /** What was measured once about a GPU, by its description. */
  tunings: { key: string; value: unknown };
  // The stores of versions 1 and 2, where everything of a thing lay in one piece; see `oldStores.ts`.
  texts: { key: string; value: { id: string; name: string; bytes: ArrayBuffer } };
  teachers: { key: string; value: Omit<TeacherCard, 'bytes'> & TeacherFiles };
  runs: { key: string; value: object };
}

export type Database = IDBPDatabase<StillroomDatabase>;
