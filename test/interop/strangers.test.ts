import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { configOfShape, shapeOfConfig } from '../../src/interop/bertConfig';
import { boundedJson } from '../../src/interop/boundedJson';
import { readSafetensors, writeSafetensors } from '../../src/interop/safetensors';
import { parseTeacher, serialiseTeacher } from '../../src/interop/teacherBundle';
import { mutated, runs } from '../support/mutations';
import { sampleParameters, sampleShape, sampleTeacher, sampleTokenizer } from './sampleTeacher';

const config = configOfShape(sampleShape);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const tokenTypes = 'bert.embeddings.token_type_embeddings.weight';

/** What is wrong, or null; anything but a problem fails the test, and so does taking longer than two seconds. */
function problemIn(work: () => unknown) {
  const start = performance.now();
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  } finally {
    expect(performance.now() - start).toBeLessThan(2000);
  }
}

describe('config.json of strangers', () => {
  it.each<[string, unknown]>([
    ['tie_word_embeddings', false],
    ['hidden_act', 'gelu_new'],
    ['hidden_act', null],
    ['layer_norm_eps', 1e-5],
    ['position_embedding_type', 'relative_key'],
    ['is_decoder', true],
    ['add_cross_attention', true],
    ['embedding_size', 128],
    ['quantization_config', { bits: 4 }],
    ['pruned_heads', { 0: [1] }],
    ['type_vocab_size', 3],
    ['num_hidden_layers', 100_000],
    ['hidden_size', 100_000],
    ['num_attention_heads', 17],
    ['intermediate_size', 100_000],
    ['vocab_size', 262_145],
    ['max_position_embeddings', 100_000],
  ])('is refused by name with %s: %j', (key, value) => {
    const problem = problemIn(() => shapeOfConfig({ ...config, [key]: value }));
    expect(problem).toMatchObject({ code: 'configUnsupported', values: { key } });
  });

  it('may hold what changes nothing', () => {
    const more = { chunk_size_feed_forward: 8, hidden_dropout_prob: 0.1, is_decoder: false, use_cache: true };
    expect(
      shapeOfConfig({ ...config, ...more, position_embedding_type: 'absolute', pruned_heads: {} }),
    ).toEqual(sampleShape);
  });

  it('is refused or read whatever is changed', () => {
    fc.assert(
      fc.property(mutated(config), (json) => {
        const problem = problemIn(() => parseTeacher({ ...sampleTeacher(), config: json }));
        expect(JSON.stringify(problem ?? {}).length).toBeLessThan(1000);
      }),
      { numRuns: runs, seed: 3 },
    );
  });
});

describe('weights of strangers', () => {
  const { weights } = sampleTeacher();
  const headerBytes = Number(new DataView(weights).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(weights, 8, headerBytes)));
  const data = new Uint8Array(weights, 8 + headerBytes);
  const fileOf = (json: unknown, body = data) => {
    const text = bytesOf(JSON.stringify(json) ?? '');
    const bytes = new Uint8Array(8 + text.length + body.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    bytes.set(body, 8 + text.length);
    return bytes.buffer;
  };

  it.each(['constructor', 'toString', '__proto__'])('have no type called %s', (dtype) => {
    const file = fileOf({ a: { dtype, shape: [1], data_offsets: [0, 4] } }, new Uint8Array(4));
    expect(problemIn(() => readSafetensors(file))?.values?.reason).toBe(`a is ${dtype}`);
  });

  it('leave out position ids in whole numbers', () => {
    const length = data.length;
    const ids = { dtype: 'I64', shape: [1, 10], data_offsets: [length, length + 80] };
    const file = fileOf(
      { ...header, 'bert.embeddings.position_ids': ids },
      Uint8Array.from([...data, ...new Uint8Array(80)]),
    );
    expect(parseTeacher({ ...sampleTeacher(), weights: file }).shape).toEqual(sampleShape);
    expect(problemIn(() => readSafetensors(file))?.values?.reason).toBe(
      'bert.embeddings.position_ids is I64',
    );
  });

  it('are refused or read whatever is changed in their header', () => {
    fc.assert(
      fc.property(mutated(header), (json) => {
        const problem = problemIn(() => parseTeacher({ ...sampleTeacher(), weights: fileOf(json) }));
        expect(JSON.stringify(problem ?? {}).length).toBeLessThan(1000);
      }),
      { numRuns: runs, seed: 5 },
    );
  });

  it('and in their bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = new Uint8Array(weights.slice(0));
        for (const [place, value] of changes) bytes[place % bytes.length] = value;
        problemIn(() => parseTeacher({ ...sampleTeacher(), weights: bytes.buffer }));
      }),
      { numRuns: runs, seed: 11 },
    );
  });
});

describe('JSON of strangers', () => {
  it.each<[string, string, RegExp]>([
    ['millions of empty values', `[${'{},'.repeat(1_000_000)}{}]`, /values/],
    ['deep nesting', `${'['.repeat(100_000)}`, /nested/],
    ['too many bytes', ' '.repeat(17_000_000), /bytes/],
    ['no JSON', '{"a": ', /no JSON/],
  ])('is refused with %s before it is parsed', (_, text, reason) => {
    const problem = problemIn(() => boundedJson('config.json', bytesOf(text)));
    expect(problem).toMatchObject({ code: 'weightsMalformed', values: { file: 'config.json' } });
    expect(problem?.values?.reason).toMatch(reason);
  });

  it('is read with what only looks like structure inside strings', () => {
    const json = { a: '[[[[{{{{,,,,"\\', b: ['\\"', '"'] };
    expect(boundedJson('a', bytesOf(JSON.stringify(json)))).toEqual(json);
  });
});

describe('a student without token types', () => {
  const shape = { ...sampleShape, tokenTypes: false };
  const parameters = sampleParameters(shape);
  const files = serialiseTeacher({ shape, tokenizer: sampleTokenizer, parameters });

  it('is written with one token type of zeros, as transformers wants it, and read without', () => {
    expect(files.config).toMatchObject({ type_vocab_size: 1 });
    const written = readSafetensors(files.weights).get(tokenTypes);
    expect(written).toEqual({ shape: [1, 8], data: new Float32Array(8) });
    const bundle = parseTeacher(files);
    expect(bundle.shape).toEqual(shape);
    expect([...bundle.weights.keys()].sort()).toEqual(Object.keys(parameters).sort());
  });

  it('is read as it was written before: no token types at all', () => {
    const weights = readSafetensors(files.weights);
    weights.delete(tokenTypes);
    const older = { config: { ...(files.config as object), type_vocab_size: 0 }, tokenizer: sampleTokenizer };
    const bundle = parseTeacher({ ...older, weights: writeSafetensors(weights, { dtype: 'F16' }) });
    expect(bundle.shape).toEqual(shape);
  });

  it('is told from a model whose only token type counts', () => {
    const weights = readSafetensors(files.weights);
    weights.get(tokenTypes)!.data[3] = 0.5;
    const bundle = parseTeacher({ ...files, weights: writeSafetensors(weights, { dtype: 'F16' }) });
    expect(bundle.shape.tokenTypes).toBe(true);
    expect([...bundle.weights.get(tokenTypes)!.data]).toEqual([0, 0, 0, 0.5, ...Array(12).fill(0)]);
  });
});
