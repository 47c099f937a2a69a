import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/config/problems';
import { base64Of, numbersOf } from '../../src/interop/base64';
import { bytesOfRunFile, mostBytes, parseRun, serialiseRun } from '../../src/interop/runFile';
import { sumState } from '../../src/storage/armState';
import { sampleRecording } from '../storage/sampleRecording';
import { armState, sampleRun } from '../storage/sampleRun';
import { experimentOfVersion1 } from '../support/version1';

const encoder = new TextEncoder();
const textOf = async (run = sampleRun()) => serialiseRun(run).text();
const problemOfText = (text: string) => {
  try {
    parseRun(encoder.encode(text));
    return null;
  } catch (error) {
    return problemOf(error);
  }
};

describe('base64 of numbers', () => {
  it('is the platform’s own, and leads back to the same bits', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 50 }), (values) => {
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        const text = new TextDecoder().decode(base64Of(values));
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(new Uint8Array(numbersOf(text)!.buffer)).toEqual(bytes.slice());
      }),
    );
  });

  it('is refused where it is none, or no whole numbers', () => {
    for (const text of ['AAA', 'AAAA', 'AAAAA===', 'AAAA*A==', 'AAAAA\u00e9==', 'AA==AA==', 'AAAAA =='])
      expect(numbersOf(text)).toBeNull();
    expect(numbersOf('AACAPw==')).toEqual(new Float32Array([1]));
  });
});

describe('the file of a run', () => {
  it('leads back to the same run, bit for bit', async () => {
    const bytes = await serialiseRun(sampleRun()).arrayBuffer();
    expect(parseRun(new Uint8Array(bytes))).toEqual(sampleRun());
    expect(parseRun(await bytesOfRunFile(new Blob([bytes])))).toEqual(sampleRun());
  });

  it('is JSON that anyone can read', async () => {
    const file = JSON.parse(await textOf());
    expect(Object.keys(file)).toEqual(['format', 'version', 'record', 'reached', 'arms', 'whole']);
    expect(file).toMatchObject({ format: 'stillroom-run', version: 2, record: { step: 121 } });
    const reformatted = JSON.stringify(file, null, 2);
    expect(parseRun(encoder.encode(reformatted))).toEqual(sampleRun());
  });

  it('holds what was recorded of the run, number by number', async () => {
    const run = { ...sampleRun(), recording: sampleRecording() };
    const text = await textOf(run);
    expect(parseRun(encoder.encode(text))).toEqual(run);
    expect(parseRun(encoder.encode(JSON.stringify(JSON.parse(text), null, 2)))).toEqual(run);
    const untaught = structuredClone(run);
    untaught.recording.segments[0].teacher = null;
    expect(parseRun(encoder.encode(await textOf(untaught)))).toEqual(untaught);
  });

  it('of version 1, which had no recording, still opens', async () => {
    const text = (await textOf()).replace('"version":2', '"version":1');
    expect(parseRun(encoder.encode(text))).toEqual(sampleRun());
  });

  it('of the days of version 1 of experiments still opens, with changes by its paths', async () => {
    const run = sampleRun();
    const file = JSON.parse(await textOf(run));
    file.record.version = 2;
    file.record.experiment = experimentOfVersion1(run.record.experiment);
    file.record.history.changes.push({ step: 50, path: 'arms.0.objective.ce', before: 1, value: 5 });
    run.record.history.changes.push({ step: 50, path: 'arms.0.weights.ce', before: 1, value: 5 });
    expect(parseRun(encoder.encode(JSON.stringify(file)))).toEqual(run);
  });

  it('of a run at step 0 holds no weights', async () => {
    const { record } = sampleRun();
    const history = { steps: [], evaluations: [], changes: [], pending: [], stepsPerEntry: 1 };
    const run = { record: { ...record, step: 0, history }, arms: {}, reached: null };
    expect(parseRun(encoder.encode(await textOf(run)))).toEqual(run);
  });

  it('of 48 MB of weights is written and read in a moment', async () => {
    const run = sampleRun();
    const large = () => new Float32Array(2_000_000).map((_, i) => (i % 1000) / 7);
    for (const state of Object.values(run.arms)) {
      for (const tensors of [state.parameters, state.moments.first, state.moments.second]) {
        tensors['bert.embeddings.word_embeddings.weight'] = large();
      }
    }
    const start = performance.now();
    const blob = serialiseRun(run);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const written = performance.now();
    const parsed = parseRun(bytes);
    const read = performance.now();
    for (const [id, state] of Object.entries(parsed.arms)) {
      expect(sumState(state, 121)).toEqual(sumState(run.arms[id], 121));
    }
    expect(bytes.length).toBeLessThan(1.34 * 48_000_000 + 100_000);
    expect({ written: written - start < 10_000, read: read - written < 10_000 }).toEqual({
      written: true,
      read: true,
    });
  });
});

describe('a file that is refused', () => {
  it('is too large: its bytes are never read', async () => {
    const file = { size: mostBytes + 1, slice: () => expect.fail(), arrayBuffer: () => expect.fail() };
    await expect(bytesOfRunFile(file as unknown as Blob)).rejects.toMatchObject({
      problem: { code: 'runFileTooLarge', values: { bytes: mostBytes + 1, most: mostBytes } },
    });
  });

  it('is another one: no more than its beginning is read', async () => {
    const file = {
      size: mostBytes,
      slice: (from: number, to: number) => new Blob([new Uint8Array(to - from)]),
      arrayBuffer: () => expect.fail(),
    };
    await expect(bytesOfRunFile(file as unknown as Blob)).rejects.toMatchObject({
      problem: { code: 'runFileBroken', values: { part: 'format' } },
    });
    for (const text of ['', '{}', '[]', 'null', 'Once upon a time', '{"format":"another","version":1,']) {
      expect(problemOfText(text)).toEqual({ code: 'runFileBroken', values: { part: 'format' } });
    }
  });

  it('ends too early, wherever', async () => {
    const text = await textOf();
    for (let length = 60; length < text.trimEnd().length; length += 97) {
      expect(problemOfText(text.slice(0, length))?.code).toBe('runFileTruncated');
    }
    expect(problemOfText(text.trimEnd().slice(0, -1))?.code).toBe('runFileTruncated');
  });

  it('is of a later version', async () => {
    const text = await textOf();
    const known = 2;
    expect(problemOfText(text.replace('"version":2', '"version":3'))).toEqual({
      code: 'runFileNewer',
      values: { version: 3, known },
    });
    const later = JSON.parse(text);
    later.record.version += 1;
    expect(problemOfText(JSON.stringify(later))?.code).toBe('runFileNewer');
  });

  it('has a recording that is none', async () => {
    const file = JSON.parse(await textOf({ ...sampleRun(), recording: sampleRecording() }));
    const refusal = (change: (recording: typeof file.recording) => void) => {
      const changed = structuredClone(file);
      change(changed.recording);
      return problemOfText(JSON.stringify(changed));
    };
    const of = (part: string) => ({ code: 'runFileBroken', values: { part: `recording.${part}` } });
    expect(refusal(() => {})).toBeNull();
    expect(refusal(({ frames }) => frames.reverse())).toEqual(of('frames'));
    expect(refusal(({ frames }) => frames.push({ ...frames[0], step: 9999 }))).toMatchObject({
      code: 'runFileBroken',
    });
    expect(refusal(({ frames }) => Object.assign(frames[0], { values: '!' }))).toEqual(of('frames.0.values'));
    // An infinite logit.
    expect(refusal(({ frames }) => Object.assign(frames[0], { values: 'AHw=' }))).toEqual(
      of('frames.0.values'),
    );
    expect(refusal(({ frames }) => Object.assign(frames[0], { values: 'AAA=' }))).toEqual(of('frames'));
    expect(refusal(({ segments }) => segments.pop())).toEqual(of('frames'));
    expect(refusal(({ segments }) => Object.assign(segments[0], { maskIndex: 99 }))).toEqual(
      of('segments.0.tokens'),
    );
    expect(refusal(({ segments }) => Object.assign(segments[0].models[0], { id: 'nobody' }))).toEqual(
      of('segments.0.models.0.id'),
    );
    expect(refusal(({ segments }) => Object.assign(segments[0].teacher, { answers: 7 }))?.code).toBe(
      'runFileBroken',
    );
  });

  it('has a weight changed, or a tensor that is none', async () => {
    const file = JSON.parse(await textOf());
    const { parameters } = file.arms.twin;
    const bias = 'cls.predictions.bias';
    parameters[bias] = parameters[bias].replace('A', 'B');
    expect(problemOfText(JSON.stringify(file))).toEqual({
      code: 'runFileBroken',
      values: { part: 'arms.twin' },
    });
    parameters[bias] = '!';
    expect(problemOfText(JSON.stringify(file))?.values?.part).toBe(`arms.twin.parameters.${bias}`);
    delete file.arms.twin;
    expect(problemOfText(JSON.stringify(file))).toEqual({ code: 'runFileBroken', values: { part: 'arms' } });
  });

  it('is not half believed when bytes of it are others', async () => {
    const original = encoder.encode(await textOf());
    const edit = fc.record({
      at: fc.nat({ max: original.length - 1 }),
      byte: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...encoder.encode('0123456789",:{}[]-eE. '))),
      kind: fc.constantFrom('set', 'cut', 'double'),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let bytes = original.slice();
        for (const { at, byte, kind } of edits) {
          if (kind === 'set') bytes[at % bytes.length] = byte;
          else if (kind === 'cut') bytes = bytes.slice(0, Math.max(1, at));
          else bytes = new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - 40))]);
        }
        const start = performance.now();
        try {
          const run = parseRun(bytes);
          // Words and figures may be others; weights are the ones that were trained.
          expect(run.arms).toEqual(sampleRun().arms);
          expect(run.record.step).toBe(121);
        } catch (error) {
          expect(['runFileBroken', 'runFileTruncated', 'runFileNewer']).toContain(problemOf(error).code);
        }
        expect(performance.now() - start).toBeLessThan(2000);
      }),
      { numRuns: 500, seed: 20_251_130 },
    );
  });

  it('is nested without end, or holds a name that is everyone’s', async () => {
    const head = '{"format":"stillroom-run","version":1,"record":';
    const whole = ',"whole":true}';
    expect(problemOfText(`${head}${'['.repeat(1_000_000)}${whole}`)?.code).toMatch(/^runFile/);
    expect(problemOfText(`${head}${'[1,'.repeat(200_000)}1${']'.repeat(200_000)}${whole}`)?.code).toBe(
      'runFileBroken',
    );
    const text = await textOf({ ...sampleRun(), arms: { distilled: armState(), twin: armState() } });
    expect(problemOfText(text.replace('"twin":{"step"', '"__proto__":{"step"'))?.code).toBe('runFileBroken');
    expect(problemOfText(text.replace('"cls.predictions.bias"', '"__proto__"'))?.code).toBe('runFileBroken');
  });
});
