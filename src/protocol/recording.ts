/**
 * The recording of a run, kept short enough to hold and to save, the same in the worker and on the page.
 *
 * Logits are recorded less the largest, which no softmax sees, in float16: a gap g below the best word is off by g 2^-11 at
 * most, so that the probability of any word, at any T, is off by less than 0.0004 (g/T e^(-g/T) is 1/e at most, and the sum
 * of all is off by as little). Of attention the scores are recorded; probabilities are their softmax again.
 */
import type { Arm } from '../config/experiment';
import { spokenFor } from '../config/forks';
import { teacherModel } from '../config/modelIds';
import {
  type Recorded,
  type RecordedModel,
  type RecordedSegment,
  type Recording,
  recordingBounds,
  recordingBytes,
  valuesOf,
} from '../config/recording';
import type { Probe, ProbeModel } from '../config/results';
import { float16ToFloat32, float32ToFloat16 } from '../util/float16';

export const emptyRecording = (): Recording => ({ stride: 1, segments: [], frames: [] });

/** Attention of a frame that would be larger than this share of a recording is left out, so that there is a past to see. */
const mostOfFrame = recordingBounds.bytes / 32;
/** The largest finite number of float16. */
const largest = 65_504;

/** A probe as the next frame of a recording. @param stage that it was taken in, counted from 0 */
export function recordedOf({ segments, frames }: Recording, probe: Probe, stage: number): Recorded {
  const { step, models, tokens, sentence, classes, second, maskIndex, unknownWords } = probe;
  const students = models.filter(({ id }) => id !== teacherModel);
  const teacher = models.find(({ id }) => id === teacherModel);
  const bytesOf = (own: readonly ProbeModel[]) =>
    2 * own.reduce((sum, model) => sum + valuesOf(layoutOf(model, true), tokens.length), 0);
  const withMaps = bytesOf(students) <= mostOfFrame && bytesOf(teacher ? [teacher] : []) <= mostOfFrame;
  const fresh: RecordedSegment = {
    number: (segments.at(-1)?.number ?? -1) + 1,
    stage,
    sentence,
    ...(classes && { classes }),
    ...(second !== undefined && { second }),
    tokens,
    maskIndex,
    unknownWords,
    models: students.map((model) => layoutOf(model, withMaps)),
    teacher: teacher ? { ...layoutOf(teacher, withMaps), values: packed([teacher], withMaps) } : null,
  };
  const last = segments.at(-1);
  const segment = last && isSame(last, fresh) ? last : fresh;
  const number = (frames.at(-1)?.number ?? -1) + 1;
  return { frame: { number, step, segment: segment.number, values: packed(students, withMaps) }, segment };
}

const layoutOf = ({ id, logits, attention }: ProbeModel, withMaps: boolean): RecordedModel => ({
  id,
  answers: logits.length,
  blocks: withMaps ? attention.blocks : 0,
  heads: attention.heads,
});

/** The numbers of models, one after the other, as float16. */
function packed(models: readonly ProbeModel[], withMaps: boolean): Uint16Array {
  const length = models.reduce(
    (sum, { logits, attention }) => sum + logits.length + (withMaps ? attention.scores.length : 0),
    0,
  );
  const values = new Float32Array(length);
  let at = 0;
  const put = (part: Float32Array, less: number) => {
    for (let i = 0; i < part.length; i++) {
      values[at + i] = Math.max(-largest, Math.min(largest, part[i] - less));
    }
    at += part.length;
  };
  for (const { logits, attention } of models) {
    let best = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < logits.length; i++) best = Math.max(best, logits[i]);
    put(logits, best);
    if (withMaps) put(attention.scores, 0);
  }
  return float32ToFloat16(values);
}

/** True where two segments differ in their numbers alone. */
function isSame(a: RecordedSegment, b: RecordedSegment): boolean {
  const plain = ({ number: _, teacher, ...rest }: RecordedSegment) =>
    JSON.stringify([rest, teacher && { ...teacher, values: null }]);
  const [before, now] = [a.teacher?.values, b.teacher?.values];
  const taught = before?.length === now?.length && (before?.every((value, i) => value === now?.[i]) ?? true);
  return taught && plain(a) === plain(b);
}

/**
 * A recording with a frame. One of the same step and stage gives way to it, and what came later does too. The newest frame is always
 * there; of those before it, once there are too many or they are too large, every other goes, but not the first, nor those
 * on both sides of a stage's end.
 */
export function withFrame(recording: Recording, { frame, segment }: Recorded): Recording {
  const before = upToFrame(recording, frame.step, segment.stage);
  const known = before.segments.some(({ number }) => number === segment.number);
  const segments = known ? before.segments : [...before.segments, segment];
  const stages = new Map(segments.map(({ number, stage }) => [number, stage]));
  const isBefore = (step: number, own: number) => step < frame.step || stages.get(own) !== segment.stage;
  let frames = before.frames.filter((other) => isBefore(other.step, other.segment));
  // Its place in the count is that of what it takes the place of.
  const number = (frames.at(-1)?.number ?? -1) + 1;
  frames = [...frames, frame.number === number ? frame : { ...frame, number }];
  const { stride } = recording;
  return bounded({ stride, segments, frames: thinned(frames, stride, stages) });
}

/** A recording of which so much goes, once there is too much of it, that the rest lies evenly. */
function bounded(recording: Recording): Recording {
  let next = withoutUnused(recording);
  const stages = new Map(recording.segments.map(({ number, stage }) => [number, stage]));
  const newest = recording.frames.at(-1)?.number ?? 0;
  while (isTooLarge(next) && next.stride <= newest) {
    const stride = 2 * next.stride;
    next = withoutUnused({ ...next, stride, frames: thinned(next.frames, stride, stages) });
  }
  // Ends of stages alone are too large.
  while (isTooLarge(next) && next.frames.length > 2) {
    next = withoutUnused({ ...next, frames: next.frames.filter((_, i) => i !== 1) });
  }
  return next;
}

/** A recording with what arms said that were others by then: what those said whom they come from. */
export function withSpokenForModels(
  recording: Recording,
  arms: readonly Pick<Arm, 'id' | 'fork'>[],
): Recording {
  const layouts = new Map<number, { from: number; to: number }[]>();
  const segments = recording.segments.map((segment): RecordedSegment => {
    let at = 0;
    const places = segment.models.map((model) => {
      const from = at;
      at += valuesOf(model, segment.tokens.length);
      return [model.id, { model, from, to: at }] as const;
    });
    const spoken = spokenFor(arms, Object.fromEntries(places));
    const own = arms.flatMap(({ id }) => (spoken[id] ? [{ ...spoken[id], id }] : []));
    layouts.set(segment.number, own);
    return { ...segment, models: own.map(({ id, model }) => ({ ...model, id })) };
  });
  const frames = recording.frames.map((frame) => {
    const parts = layouts.get(frame.segment)!.map(({ from, to }) => frame.values.subarray(from, to));
    const values = new Uint16Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      values.set(part, at);
      at += part.length;
    }
    return { ...frame, values };
  });
  return bounded({ ...recording, segments, frames });
}

/** The frames that stay: the first, the newest, those on both sides of a stage's end, and of the others every `stride`-th. */
function thinned(
  frames: Recording['frames'],
  stride: number,
  stages: ReadonlyMap<number, number>,
): Recording['frames'] {
  const stageOf = (i: number) => stages.get(frames[i].segment);
  const last = frames.length - 1;
  return frames.filter(
    ({ number }, i) =>
      number % stride === 0 ||
      i === 0 ||
      i === last ||
      stageOf(i - 1) !== stageOf(i) ||
      stageOf(i + 1) !== stageOf(i),
  );
}

const isTooLarge = (recording: Recording) =>
  recording.frames.length > recordingBounds.frames || recordingBytes(recording) > recordingBounds.bytes;

function withoutUnused(recording: Recording): Recording {
  const used = new Set(recording.frames.map(({ segment }) => segment));
  const segments = recording.segments.filter(({ number }) => used.has(number));
  return segments.length === recording.segments.length ? recording : { ...recording, segments };
}

/** A recording without what came after `step` in `stage`, for a run that was taken back. */
export function upToFrame(recording: Recording, step: number, stage: number): Recording {
  const stages = new Map(recording.segments.map((segment) => [segment.number, segment.stage]));
  const frames = recording.frames.filter(
    (frame) => frame.step <= step && (stages.get(frame.segment) ?? 0) <= stage,
  );
  if (frames.length === recording.frames.length) return recording;
  return withoutUnused({ ...recording, frames });
}

/** The segment of a frame. */
export const segmentOf = ({ segments }: Recording, { segment }: { segment: number }): RecordedSegment =>
  segments.find(({ number }) => number === segment)!;

/** Index of the last frame at or before a step; that of the first where there is none; -1 without frames. */
export function frameAt({ frames }: Recording, step: number): number {
  const after = frames.findIndex((frame) => frame.step > step);
  return after === -1 ? frames.length - 1 : Math.max(0, after - 1);
}

/** What a frame shows, as it was probed. */
export function probeOf(recording: Recording, frame: Recording['frames'][number]): Probe {
  const segment = segmentOf(recording, frame);
  const { number: _, stage: _stage, models, teacher, ...sentence } = segment;
  const length = sentence.tokens.length;
  const students = unpacked(models, frame.values, length);
  return { step: frame.step, ...sentence, models: [...teacherOf(segment), ...students] };
}

/** Teachers that have been unpacked: what a person drags through is mostly of one segment. */
const teachers = new WeakMap<RecordedSegment, ProbeModel[]>();

function teacherOf(segment: RecordedSegment): ProbeModel[] {
  const { teacher, tokens } = segment;
  if (!teacher) return [];
  const known = teachers.get(segment) ?? unpacked([teacher], teacher.values, tokens.length);
  teachers.set(segment, known);
  return known;
}

function unpacked(models: readonly RecordedModel[], bits: Uint16Array, length: number): ProbeModel[] {
  const values = float16ToFloat32(bits);
  let at = 0;
  const take = (count: number) => {
    at += count;
    return values.slice(at - count, at);
  };
  return models.map(({ id, answers, blocks, heads }) => {
    const logits = take(answers);
    const scores = take(blocks * heads * length ** 2);
    return { id, logits, attention: { blocks, heads, scores, probabilities: rowSoftmax(scores, length) } };
  });
}

/** Softmax over each row of `length` scores. */
function rowSoftmax(scores: Float32Array, length: number): Float32Array {
  const probabilities = new Float32Array(scores.length);
  for (let row = 0; row < scores.length; row += length) {
    let best = Number.NEGATIVE_INFINITY;
    for (let i = row; i < row + length; i++) best = Math.max(best, scores[i]);
    let sum = 0;
    for (let i = row; i < row + length; i++) sum += probabilities[i] = Math.exp(scores[i] - best);
    for (let i = row; i < row + length; i++) probabilities[i] /= sum;
  }
  return probabilities;
}
