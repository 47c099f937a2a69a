/** What is known of a teacher before its weights are loaded. */
import type { Architecture } from './experiment';

export interface TeacherShape extends Architecture {
  vocabularySize: number;
  /** Longest sequence that the position embeddings allow. */
  maxPositions: number;
}

/** The teachers bundled in `public/teachers`, by folder name. Their config.json repeats these figures. */
export const bundledTeachers: Record<'stories-4x128' | 'stories-4x32', TeacherShape> = {
  'stories-4x128': {
    layers: 4,
    hiddenSize: 128,
    heads: 4,
    intermediateSize: 512,
    tokenTypes: true,
    vocabularySize: 2048,
    maxPositions: 64,
  },
  'stories-4x32': {
    layers: 4,
    hiddenSize: 32,
    heads: 4,
    intermediateSize: 128,
    tokenTypes: true,
    vocabularySize: 1024,
    maxPositions: 64,
  },
};
