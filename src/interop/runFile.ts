/**
 * A run as a file, to be carried to another browser: JSON with the record, what was recorded of the run, and the arms' states,
 * tensors as base64 of float32 numbers. What comes from a file passes the same schema as what comes from storage.
 * Version 1 had no recording.
 */
import { ProblemError, problemOf } from '../config/problems';
import { z } from '../config/zod';
import { type ArmState, type Named, sumState } from '../storage/armState';
import { parseRecording } from '../storage/keptRecording';
import { type KeptRun, parseReached, parseRecord, parseStates, writtenRecord } from '../storage/keptSchema';
import { base64Of, numbersOf } from './base64';
import { readRecording, writtenRecording } from './recordingFile';

const format = 'stillroom-run';
const version = 2;
/** Bytes of a file that is read at all. */
export const mostBytes = 512_000_000;

/** What a file begins with, so that another large one is refused without reading it. */
const beginning = /^\s*\{\s*"format"\s*:\s*"stillroom-run"\s*,\s*"version"\s*:\s*(\d{1,9})\s*,/;
const beginningBytes = 200;
/** What a file ends with as it is written. */
const ending = ',"whole":true}';

/** The file of a run. */
export function serialiseRun({ record, arms, reached, recording }: KeptRun): Blob {
  const parts: BlobPart[] = [
    `{"format":${JSON.stringify(format)},"version":${version},`,
    `"record":${JSON.stringify(writtenRecord(record))},"reached":${JSON.stringify(reached)},`,
    ...(recording ? ['"recording":', ...writtenRecording(recording), ','] : []),
    '"arms":{',
  ];
  const writeTensors = (tensors: Named) => {
    parts.push('{');
    Object.entries(tensors).forEach(([name, values], index) => {
      parts.push(`${index > 0 ? ',' : ''}${JSON.stringify(name)}:"`, base64Of(values), '"');
    });
    parts.push('}');
  };
  Object.entries(arms).forEach(([id, state], index) => {
    const { parameters, moments } = state;
    const { checksum } = sumState(state, record.step);
    parts.push(`${index > 0 ? ',' : ''}${JSON.stringify(id)}:{"step":${record.step},"checksum":${checksum},`);
    parts.push('"parameters":');
    writeTensors(parameters);
    parts.push(',"moments":{"first":');
    writeTensors(moments.first);
    parts.push(',"second":');
    writeTensors(moments.second);
    parts.push('}}');
  });
  parts.push(`}${ending}\n`);
  return new Blob(parts, { type: 'application/json' });
}

/** The bytes of a file, whose size and beginning are asked first. @throws ProblemError as `parseRun` */
export async function bytesOfRunFile(file: Blob): Promise<Uint8Array> {
  requireSize(file.size);
  requireBeginning(new Uint8Array(await file.slice(0, beginningBytes).arrayBuffer()));
  return new Uint8Array(await file.arrayBuffer());
}

/** @throws ProblemError runFileTooLarge, runFileTruncated, runFileBroken or runFileNewer */
export function parseRun(bytes: Uint8Array): KeptRun {
  requireSize(bytes.length);
  requireBeginning(bytes);
  const file = fileSchema.safeParse(parseJson(bytes));
  if (!file.success) broken(file.error.issues[0].path.join('.') || 'file');
  try {
    const { arms, reached } = file.data;
    const record = parseRecord(file.data.record.id, file.data.record);
    const states = new Map(Object.entries(arms).map(([id, state]) => [id, decoded(id, state)]));
    const run = { record, arms: parseStates(record, states), reached: parseReached(record, reached) };
    const last = run.reached?.step ?? record.step;
    const recording = file.data.recording && readRecording(file.data.recording);
    return recording ? { ...run, recording: parseRecording(record.experiment, last, recording) } : run;
  } catch (error) {
    const { code, values } = problemOf(error);
    if (code === 'keptBroken') broken(String(values?.part));
    if (code === 'keptNewer')
      throw new ProblemError('runFileNewer', { version: version + 1, known: version });
    throw error;
  }
}

const tensorsSchema = z.record(z.string(), z.string());
const stateSchema = z.strictObject({
  step: z.number(),
  checksum: z.number(),
  parameters: tensorsSchema,
  moments: z.strictObject({ first: tensorsSchema, second: tensorsSchema }),
});
const fileSchema = z.strictObject({
  format: z.literal(format),
  version: z.number().int().min(1).max(version),
  record: z.looseObject({ id: z.string() }),
  reached: z.unknown(),
  recording: z.unknown().optional(),
  arms: z.record(z.string(), stateSchema),
  whole: z.literal(true),
});

function decoded(id: string, { moments, ...state }: z.infer<typeof stateSchema>) {
  const tensors = (texts: Record<string, string>, part: string): ArmState['parameters'] =>
    Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        name,
        numbersOf(text) ?? broken(`arms.${id}.${part}.${name}`),
      ]),
    );
  return {
    ...state,
    parameters: tensors(state.parameters, 'parameters'),
    moments: {
      first: tensors(moments.first, 'moments.first'),
      second: tensors(moments.second, 'moments.second'),
    },
  };
}

function requireSize(bytes: number) {
  if (bytes > mostBytes) throw new ProblemError('runFileTooLarge', { bytes, most: mostBytes });
}

function requireBeginning(bytes: Uint8Array) {
  const [, found] = beginning.exec(new TextDecoder().decode(bytes.subarray(0, beginningBytes))) ?? [];
  if (found === undefined) broken('format');
  if (Number(found) > version)
    throw new ProblemError('runFileNewer', { version: Number(found), known: version });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    const end = new TextDecoder().decode(bytes.subarray(-ending.length - beginningBytes));
    if (!end.trimEnd().endsWith(ending)) throw new ProblemError('runFileTruncated');
    broken('file');
  }
}

function broken(part: string): never {
  throw new ProblemError('runFileBroken', { part: part.slice(0, 100) });
}
