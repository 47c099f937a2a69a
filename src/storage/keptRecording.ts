/** The recording of a run as a schema: what a page that works could have recorded of this experiment, and nothing else. */
import { bounds, teacherBounds } from '../config/bounds';
import type { Experiment } from '../config/experiment';
import { teacherModel } from '../config/modelIds';
import { ProblemError } from '../config/problems';
import {
  type RecordedFrame,
  type RecordedModel,
  type RecordedSegment,
  type Recording,
  recordingBounds,
  recordingBytes,
  valuesOf,
} from '../config/recording';
import { stageCount } from '../config/stages';
import { z } from '../config/zod';
import { listOf } from './keptHistory';

/** The form of a recording as it is written down. */
export const recordingVersion = 1;

const natural = z.number().int().min(0);
const text = z.string().max(20_000);
const layout = {
  answers: natural.min(2).max(teacherBounds.vocabularySize),
  blocks: natural.max(teacherBounds.layers),
  heads: natural.max(bounds.heads.max),
};

/** float16 numbers of which none is infinite or no number. */
const values = z
  .instanceof(Uint16Array)
  .refine(
    (bits) => bits.byteLength <= recordingBounds.bytes && bits.every((value) => (value & 0x7c00) < 0x7c00),
  );

function segmentSchema(experiment: Experiment) {
  const ids = experiment.arms.map(({ id }) => id);
  const arm = z.strictObject({ id: z.enum(ids), ...layout }) satisfies z.ZodType<RecordedModel>;
  const teacher = z.strictObject({ id: z.literal(teacherModel), ...layout, values });
  return z
    .strictObject({
      number: natural,
      stage: natural.max(stageCount(experiment) - 1),
      sentence: text,
      classes: listOf(text, bounds.taskLabels.max).optional(),
      second: natural.optional(),
      tokens: listOf(text, bounds.sequenceLength.max),
      maskIndex: natural,
      unknownWords: listOf(text, bounds.sequenceLength.max),
      models: listOf(arm, ids.length),
      teacher: teacher.nullable(),
    })
    .refine(({ models }) => new Set(models.map(({ id }) => id)).size === models.length, { path: ['models'] })
    .refine(({ tokens, maskIndex, second = 0 }) => Math.max(maskIndex, second) < tokens.length, {
      path: ['tokens'],
    })
    .refine(({ teacher, tokens }) => !teacher || teacher.values.length === valuesOf(teacher, tokens.length), {
      path: ['teacher'],
    })
    .refine(
      ({ models, teacher, classes }) => {
        const counts = new Set([...models, ...(teacher ? [teacher] : [])].map(({ answers }) => answers));
        return counts.size === 1 && (!classes || counts.has(classes.length));
      },
      { path: ['classes'] },
    ) satisfies z.ZodType<RecordedSegment>;
}

/** @param last updates done by the newest frame at most */
function recordingSchema(experiment: Experiment, last: number): z.ZodType<Recording> {
  const frame: z.ZodType<RecordedFrame> = z.strictObject({
    number: natural,
    step: natural.max(last),
    segment: natural,
    values,
  });
  return z
    .strictObject({
      stride: natural.min(1).max(2 ** 30),
      segments: listOf(segmentSchema(experiment), recordingBounds.frames),
      frames: listOf(frame, recordingBounds.frames),
    })
    .refine((recording) => recordingBytes(recording) <= recordingBounds.bytes, { path: ['bytes'] })
    .refine(isWhole, { path: ['frames'] });
}

/** True where every frame has its segment and its numbers, every segment a frame, and all are in order. */
function isWhole({ segments, frames }: Recording): boolean {
  const byNumber = new Map(segments.map((segment) => [segment.number, segment]));
  const used = new Set(frames.map(({ segment }) => segment));
  if (byNumber.size !== segments.length || used.size !== segments.length) return false;
  let before = { number: -1, step: -1, stage: 0 };
  return frames.every(({ number, step, segment, values }) => {
    const own = byNumber.get(segment);
    if (!own) return false;
    const length = own.models.reduce((sum, model) => sum + valuesOf(model, own.tokens.length), 0);
    const { stage } = own;
    const isNext = number > before.number && stage >= before.stage && step >= before.step;
    const isOther = step > before.step || stage > before.stage;
    before = { number, step, stage };
    return values.length === length && isNext && isOther;
  });
}

/**
 * A recording as it was read.
 * @param experiment whose run it is @param last how far that is known to have got
 * @throws ProblemError keptBroken with the place of the first fault
 */
export function parseRecording(experiment: Experiment, last: number, found: unknown): Recording {
  const parsed = recordingSchema(experiment, last).safeParse(found);
  if (parsed.success) return parsed.data;
  const part = ['recording', ...parsed.error.issues[0].path].join('.');
  throw new ProblemError('keptBroken', { part: part.slice(0, 100) });
}
