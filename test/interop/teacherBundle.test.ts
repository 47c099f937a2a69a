import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ProblemCode, ProblemError, problemOf } from '../../src/config/problems';
import { bundledTeachers } from '../../src/config/teachers';
import { configOfShape, shapeOfConfig } from '../../src/interop/bertConfig';
import { readSafetensors, writeSafetensors } from '../../src/interop/safetensors';
import { parseTeacher, type TeacherFiles } from '../../src/interop/teacherBundle';
import type { Weights } from '../../src/model/initialise';
import { parameterShapes } from '../../src/model/parameterNames';
import { sampleParameters, sampleShape, sampleTeacher, sampleTokenizer } from './sampleTeacher';

function problemWith(changes: Partial<TeacherFiles>) {
  try {
    parseTeacher({ ...sampleTeacher(), ...changes });
  } catch (error) {
    return problemOf(error);
  }
}
/** The sample's weights after a change. */
function changed(change: (weights: Weights) => void): { weights: ArrayBuffer } {
  const weights = readSafetensors(sampleTeacher().weights);
  change(weights);
  return { weights: writeSafetensors(weights, { dtype: 'F32' }) };
}
const config = configOfShape(sampleShape);

describe('parseTeacher', () => {
  it.each([true, false])('reads what serialiseTeacher writes (token types: %s)', (tokenTypes) => {
    const shape = { ...sampleShape, tokenTypes };
    const bundle = parseTeacher(sampleTeacher(shape));
    expect(bundle.shape).toEqual(shape);
    expect(bundle.tokenizer).toEqual(sampleTokenizer);
    for (const [name, data] of Object.entries(sampleParameters(shape))) {
      expect(bundle.weights.get(name)).toEqual({ shape: parameterShapes(shape)[name], data });
    }
  });

  it('leaves out tensors that the model does not use', () => {
    const more = changed((weights) => {
      weights.set('cls.predictions.decoder.weight', { shape: [1], data: Float32Array.of(1) });
      weights.set('bert.pooler.dense.bias', { shape: [1], data: Float32Array.of(1) });
    });
    const names = [...parseTeacher({ ...sampleTeacher(), ...more }).weights.keys()];
    expect(names).toEqual(Object.keys(parameterShapes(sampleShape)));
  });

  it.each(Object.keys(parameterShapes(sampleShape)))('misses %s', (name) => {
    expect(problemWith(changed((weights) => weights.delete(name)))).toEqual({
      code: 'weightsMissing',
      values: { name },
    });
  });

  it('names a tensor of the wrong shape with both shapes', () => {
    const name = 'bert.encoder.layer.1.intermediate.dense.weight';
    const wrong = changed((weights) => weights.set(name, { shape: [8, 16], data: new Float32Array(128) }));
    expect(problemWith(wrong)).toEqual({
      code: 'weightsWrongShape',
      values: { name, shape: '[8, 16]', expected: '[16, 8]' },
    });
  });

  it('refuses a tokenizer of another vocabulary', () => {
    const { model } = sampleTokenizer;
    const tokenizer = { ...sampleTokenizer, model: { ...model, vocab: { ...model.vocab, c: 7 } } };
    expect(problemWith({ tokenizer })).toEqual({
      code: 'weightsOtherVocabulary',
      values: { vocabulary: 8, rows: 7 },
    });
  });

  it.each<[string, Partial<TeacherFiles>, ProblemCode]>([
    ['a tokenizer without a vocabulary', { tokenizer: { model: {} } }, 'weightsMalformed'],
    ['no tokenizer', { tokenizer: null }, 'weightsMalformed'],
    ['a config without a width', { config: { ...config, hidden_size: undefined } }, 'weightsMalformed'],
    ['no config', { config: 'hello' }, 'weightsMalformed'],
    ['another kind of model', { config: { ...config, model_type: 'roberta' } }, 'configUnsupported'],
    ['another activation', { config: { ...config, hidden_act: 'relu' } }, 'configUnsupported'],
    [
      'heads that do not divide the width',
      { config: { ...config, num_attention_heads: 3 } },
      'configUnsupported',
    ],
    ['a deeper config', { config: { ...config, num_hidden_layers: 3 } }, 'weightsMissing'],
    ['no bytes', { weights: new ArrayBuffer(0) }, 'weightsTruncated'],
  ])('refuses %s', (_, changes, code) => {
    expect(problemWith(changes)?.code).toBe(code);
  });
});

describe('config.json', () => {
  it('comes back as the shape that it was made from, with more entries allowed', () => {
    expect(shapeOfConfig({ ...config, transformers_version: '4.0', pruned_heads: {} })).toEqual(sampleShape);
  });

  it('may leave out what has Hugging Face’s default', () => {
    const { model_type, hidden_act, layer_norm_eps, type_vocab_size, ...rest } = config;
    expect(shapeOfConfig(rest)).toEqual(sampleShape);
  });

  it('throws problems', () => {
    expect(() => shapeOfConfig({})).toThrow(ProblemError);
  });
});

describe('the bundled teachers', () => {
  it('of one vocabulary have one tokenizer, so that each can teach the others’ students', () => {
    const ids = Object.keys(bundledTeachers) as (keyof typeof bundledTeachers)[];
    const tokenizers = ids.map((id) => ({
      size: bundledTeachers[id].vocabularySize,
      text: readFileSync(new URL(`../../public/teachers/${id}/tokenizer.json`, import.meta.url), 'utf8'),
    }));
    const sizes = new Set(tokenizers.map(({ size }) => size));
    expect(new Set(tokenizers.map(({ text }) => text)).size).toBe(sizes.size);
  });

  for (const [id, shape] of Object.entries(bundledTeachers)) {
    const folder = new URL(`../../public/teachers/${id}/`, import.meta.url);
    it.runIf(existsSync(folder))(`${id} has the shape that the page expects`, () => {
      const json = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      const { buffer, byteOffset, byteLength } = readFileSync(new URL('model.safetensors', folder));
      const weights = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
      const bundle = parseTeacher({
        config: json('config.json'),
        tokenizer: json('tokenizer.json'),
        weights,
      });
      expect(bundle.shape).toEqual(shape);
    });
  }
});
