/** What is known of a teacher before its weights are loaded. */

import type { Architecture } from './experiment';
import type { BundledTeacherId } from './teacherIds';

export interface TeacherShape extends Architecture {
  vocabularySize: number;
  /** Longest sequence that the position embeddings allow. */
  maxPositions: number;
}

const base: TeacherShape = {
  layers: 4,
  hiddenSize: 128,
  heads: 4,
  intermediateSize: 512,
  tokenTypes: true,
  vocabularySize: 2048,
  maxPositions: 64,
};

/** The bundled teachers' shapes. Their config.json repeats these figures. */
export const bundledTeachers: Record<BundledTeacherId, TeacherShape> = {
  'stories-4x128': base,
  'everyday-4x128': { ...base, vocabularySize: 4096 },
  'base-4x256': { ...base, hiddenSize: 256, intermediateSize: 1024, vocabularySize: 4096 },
  'stories-4x128-early': base,
  'stories-3x96': { ...base, layers: 3, hiddenSize: 96, intermediateSize: 384 },
  'stories-4x32': { ...base, hiddenSize: 32, intermediateSize: 128, vocabularySize: 1024 },
};
