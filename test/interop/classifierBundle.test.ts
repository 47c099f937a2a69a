import { describe, expect, it } from 'vitest';
import { headOf } from '../../src/config/heads';
import { readSafetensors } from '../../src/interop/safetensors';
import { parseTeacher, serialiseTeacher } from '../../src/interop/teacherBundle';
import { parameterShapes } from '../../src/model/parameterNames';
import golden from '../golden/heads.json';
import { sampleShape, sampleTeacher, sampleTokenizer } from './sampleTeacher';

const classes = ['bad', 'so-so', 'good'];

function filesOf(tokenTypes: boolean) {
  const shape = { ...sampleShape, tokenTypes };
  const parameters = Object.fromEntries(
    Object.entries(parameterShapes(shape, headOf(classes))).map(([name, dimensions], index) => [
      name,
      // Values that float16 holds exactly.
      new Float32Array(dimensions.reduce((a, b) => a * b, 1)).map((_, i) => (i % 32) / 32 - index),
    ]),
  );
  return {
    shape,
    parameters,
    files: serialiseTeacher({ shape, tokenizer: sampleTokenizer, parameters, classes }),
  };
}

describe('a classifier in files', () => {
  it.each([true, false])('comes back as it went, token types %j', (tokenTypes) => {
    const { shape, parameters, files } = filesOf(tokenTypes);
    const bundle = parseTeacher({ ...files, config: JSON.parse(JSON.stringify(files.config)) }, 'classify');
    expect(bundle.shape).toEqual(shape);
    expect(bundle.classes).toEqual(classes);
    expect([...bundle.weights.keys()]).toEqual(Object.keys(parameters));
    for (const [name, { data }] of bundle.weights) expect(data).toEqual(parameters[name]);
  });

  it.each(['bert', 'distilbert'] as const)("has the names of transformers' %s", (model) => {
    const { files } = filesOf(model === 'bert');
    const names = [...readSafetensors(files.weights).keys()].sort();
    expect(names).toEqual(Object.keys(golden.parameters[model]).sort());
  });

  const { files } = filesOf(true);
  const config = files.config as Record<string, unknown>;
  it.each([
    ['is wanted and there is one for words', sampleTeacher().config],
    ['has one class', { ...config, id2label: { 0: 'x' } }],
    [
      'has too many',
      { ...config, id2label: Object.fromEntries([...Array(65).keys()].map((i) => [i, `${i}`])) },
    ],
    ['has a count that is none', { ...config, id2label: null, num_labels: 2.5 }],
    ['gives several answers at once', { ...config, problem_type: 'multi_label_classification' }],
    ['is another architecture', { ...config, architectures: ['BertForTokenClassification'] }],
  ])('is refused where it %s', (_, other) => {
    expect(() => parseTeacher({ ...files, config: other }, 'classify')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'configUnsupported' }) }),
    );
  });

  it('with names left out has numbers for them', () => {
    const { id2label, ...rest } = config;
    const named = parseTeacher({ ...files, config: { ...rest, num_labels: 3 } }, 'classify');
    expect(named.classes).toEqual(['LABEL_0', 'LABEL_1', 'LABEL_2']);
  });

  it('is no teacher of words', () => {
    expect(() => parseTeacher(files)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'weightsMissing' }) }),
    );
  });
});
