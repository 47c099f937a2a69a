/** The recording of a run as a part of its file: JSON, the numbers as base64 of float16. */
import type { Recording } from '../config/recording';
import { base64Of, halvesOf } from './base64';

/** As JSON, in parts. */
export function writtenRecording({ stride, segments, frames }: Recording): BlobPart[] {
  const parts: BlobPart[] = [`{"stride":${stride},"segments":[`];
  segments.forEach(({ teacher, ...segment }, i) => {
    const open = JSON.stringify({ ...segment, teacher: null }).replace(/null\}$/, '');
    parts.push(i > 0 ? ',' : '', open);
    if (teacher) parts.push(...withValues(teacher), '}');
    else parts.push('null}');
  });
  parts.push('],"frames":[');
  frames.forEach((frame, i) => {
    parts.push(i > 0 ? ',' : '', ...withValues(frame));
  });
  parts.push(']}');
  return parts;
}

const withValues = <T extends { values: Uint16Array }>({ values, ...rest }: T): BlobPart[] => [
  `${JSON.stringify(rest).slice(0, -1)},"values":"`,
  base64Of(values),
  '"}',
];

/** The same with its numbers; what is none is left as it is, for a schema to refuse. */
export function readRecording(found: unknown): unknown {
  if (!isObject(found)) return found;
  const { segments, frames } = found;
  return {
    ...found,
    ...(Array.isArray(segments) && {
      segments: segments.map((segment) =>
        isObject(segment) ? { ...segment, teacher: withNumbers(segment.teacher) } : segment,
      ),
    }),
    ...(Array.isArray(frames) && { frames: frames.map(withNumbers) }),
  };
}

const withNumbers = (found: unknown): unknown =>
  isObject(found) && typeof found.values === 'string' ? { ...found, values: halvesOf(found.values) } : found;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
