/**
 * A run as it is recorded while it goes: what every model makes of the probed sentence, frame by frame. Losses, changes and
 * evaluations of the same steps are in its history. Dimension letters: L tokens, V answers, H heads.
 */

/** How the numbers of one model lie in a frame, one after the other. */
export interface RecordedModel {
  /** `teacherModel`, or the arm's id. */
  id: string;
  /** V: tokens of the vocabulary, or classes of a task. */
  answers: number;
  /** Of its attention, [blocks, H, L, L]; 0 blocks where maps were too large to be recorded. */
  blocks: number;
  heads: number;
}

/** Frames of one sentence in one stage; another sentence begins another segment. */
export interface RecordedSegment {
  /** Counts up through the run. */
  number: number;
  /** Counted from 0. */
  stage: number;
  /** As in `Probe`. */
  sentence: string;
  classes?: readonly string[];
  second?: number;
  tokens: string[];
  maskIndex: number;
  unknownWords: string[];
  /** The arms' models, in the order of their numbers in every frame. */
  models: RecordedModel[];
  /** Who teaches, and does not change from frame to frame; null where nobody does. */
  teacher: (RecordedModel & { values: Uint16Array }) | null;
}

/** What the arms made of the sentence after `step` updates. */
export interface RecordedFrame {
  /** Counts up through the run; frames that are thinned out leave gaps. */
  number: number;
  step: number;
  /** Number of its segment. */
  segment: number;
  /** float16 bits, for each model logits [V] less the largest of them, then attention scores [blocks, H, L, L]. */
  values: Uint16Array;
}

export interface Recording {
  /** Of the frames by their numbers, every so many are kept; a power of two. */
  stride: number;
  segments: RecordedSegment[];
  /** In the order of stages and steps. */
  frames: RecordedFrame[];
}

/** A frame as it came, with its segment. */
export interface Recorded {
  frame: RecordedFrame;
  segment: RecordedSegment;
}

/** Bytes of a recording at most, whatever the run's length, and its frames. */
export const recordingBounds = { bytes: 16_000_000, frames: 1000 } as const;
/** Bytes of a frame, and of a segment, beside their numbers; rather too many. */
const beside = { frame: 120, segment: 600, text: 30 };

export const frameBytes = ({ values }: RecordedFrame): number => values.byteLength + beside.frame;

const charactersOf = (texts: readonly string[]) => texts.reduce((sum, { length }) => sum + length, 0);

export function segmentBytes({
  sentence,
  tokens,
  unknownWords,
  classes = [],
  teacher,
}: RecordedSegment): number {
  const texts = [...tokens, ...unknownWords, ...classes];
  const characters = sentence.length + charactersOf(texts);
  return beside.segment + 2 * characters + beside.text * texts.length + (teacher?.values.byteLength ?? 0);
}

export const recordingBytes = ({ segments, frames }: Recording): number =>
  segments.reduce((sum, segment) => sum + segmentBytes(segment), 0) +
  frames.reduce((sum, frame) => sum + frameBytes(frame), 0);

/** How many numbers of a model are in a frame. */
export const valuesOf = ({ answers, blocks, heads }: RecordedModel, length: number): number =>
  answers + blocks * heads * length ** 2;
