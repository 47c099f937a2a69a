import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { headOf } from '../../../src/config/heads';
import { hubClassOf } from '../../../src/config/hubClass';
import { createTokenizer } from '../../../src/data/tokenizer';
import { modelFiles } from '../../../src/interop/hub/modelFiles';
import { onnxModel } from '../../../src/interop/onnx/onnxModel';
import { readSafetensors } from '../../../src/interop/safetensors';
import { parseTeacher } from '../../../src/interop/teacherBundle';
import { encodeTexts } from '../../../src/tasks/encode';
import { frozenModel } from '../../../src/train/model';
import { probe } from '../../../src/train/probe';
import { cases, modelOf } from '../../golden/hub';
import golden from '../../golden/hub.json';
import { describeOn } from '../../support/backends';
import { closeTo } from '../../support/closeTo';

interface Expected {
  class: string;
  tokenizer: string;
  longest: number;
  pad: number;
  labels: Record<string, string> | null;
  tensors: Record<string, number[]>;
  onnx: string;
  inputs: { texts: string[]; ids: number[]; segments?: number[]; logits: number[] }[];
}
const expected: Record<string, Expected> = golden;

function filesOf(name: string) {
  const files = modelFiles(modelOf(name));
  const text = (path: string) => new TextDecoder().decode(files.get(path));
  return { files, text, json: (path: string) => JSON.parse(text(path)) };
}

/** What a model reads of one or two texts, by our tokenizer. */
const readOf = (name: string, [a, b]: string[]) =>
  encodeTexts(createTokenizer(modelOf(name).tokenizer), { a, ...(b !== undefined && { b }) }, 48);

it('has an entry of transformers for every case', () => {
  expect(Object.keys(golden)).toEqual(Object.keys(cases));
});

describe.each(Object.keys(cases))('the folder of %s', (name) => {
  const model = modelOf(name);
  const { files, text, json } = filesOf(name);
  const found = expected[name];

  it('is of the class that transformers loaded', () => {
    const config = json('config.json');
    expect(config.architectures).toEqual([found.class]);
    expect(hubClassOf(model.shape.tokenTypes, headOf(model.classes).kind)).toBe(found.class);
    expect(config.pad_token_id).toBe(found.pad);
    expect(config.id2label ?? null).toEqual(found.labels);
  });

  it('has the tensors that transformers writes, no more and no fewer', () => {
    const tensors = readSafetensors(files.get('model.safetensors')!.buffer);
    const shapes = [...tensors].map(([tensor, { shape }]) => [tensor, shape]);
    expect(Object.fromEntries(shapes)).toEqual(found.tensors);
  });

  it('says that its tensors are PyTorch’s, without which transformers 4 refuses them', () => {
    const bytes = files.get('model.safetensors')!;
    const header = new TextDecoder().decode(bytes.subarray(8, 200));
    expect(header).toMatch(/^\{"__metadata__":\{"format":"pt"\}/);
  });

  it('has the very ONNX file that onnxruntime ran', () => {
    expect(createHash('sha256').update(onnxModel(model)).digest('hex')).toBe(found.onnx);
  });

  it('comes back bit for bit', () => {
    const back = parseTeacher(
      {
        config: json('config.json'),
        tokenizer: json('tokenizer.json'),
        weights: files.get('model.safetensors')!.buffer,
      },
      model.classes ? 'classify' : 'mlm',
    );
    expect(back.shape).toEqual(model.shape);
    expect(back.classes).toEqual(model.classes);
    expect(back.tokenizer).toEqual(model.tokenizer);
    expect([...back.weights.keys()].sort()).toEqual(Object.keys(model.parameters).sort());
    for (const [tensor, { data }] of back.weights) expect(data).toEqual(model.parameters[tensor]);
  });

  it('is read by a tokenizer that transformers makes the same of', () => {
    const config = json('tokenizer_config.json');
    const bert = found.tokenizer === 'BertTokenizer';
    expect(config.tokenizer_class).toBe(bert ? 'BertTokenizer' : 'PreTrainedTokenizerFast');
    expect(config.model_max_length).toBe(found.longest);
    expect(files.has('vocab.txt')).toBe(bert);
    if (bert) {
      const { vocabulary } = createTokenizer(model.tokenizer);
      expect(text('vocab.txt').split('\n')).toEqual([...vocabulary, '']);
    }
    for (const { texts, ids, segments } of found.inputs) {
      const own = readOf(name, texts);
      expect([...own.ids], texts.join(' / ')).toEqual(ids);
      const second = own.second ?? ids.length;
      if (model.shape.tokenTypes) expect(segments).toEqual(ids.map((_, i) => (i < second ? 0 : 1)));
      else expect(segments).toBeUndefined();
    }
  });
});

describeOn('cpu', 'a model that was saved', () => {
  it.each(Object.keys(cases))(
    'has the logits that transformers computes from its folder: %s',
    async (name) => {
      const { shape, classes, parameters } = modelOf(name);
      const { json, files } = filesOf(name);
      const { weights } = parseTeacher(
        {
          config: json('config.json'),
          tokenizer: json('tokenizer.json'),
          weights: files.get('model.safetensors')!.buffer,
        },
        classes ? 'classify' : 'mlm',
      );
      expect(weights.size).toBe(Object.keys(parameters).length);
      const model = frozenModel(shape, weights, headOf(classes));
      const { special } = createTokenizer(modelOf(name).tokenizer);
      for (const { texts, logits } of expected[name].inputs) {
        const { ids, second } = readOf(name, texts);
        const maskIndex = classes ? 0 : ids.indexOf(special.mask);
        const sentence = { ids: [...ids], maskIndex, second, longest: shape.maxPositions };
        const [own] = await probe([{ id: 'own', model }], sentence);
        closeTo(own.logits, logits, 1e-5);
      }
    },
  );
});

describe('a model that can’t be saved', () => {
  const model = modelOf('DistilBERT for words');

  it('lacks a tensor', () => {
    const { 'cls.predictions.bias': _, ...parameters } = model.parameters;
    expect(() => modelFiles({ ...model, parameters })).toThrow(
      expect.objectContaining({
        problem: { code: 'weightsMissing', values: { name: 'cls.predictions.bias' } },
      }),
    );
  });

  it('has a number that is none', () => {
    const bias = model.parameters['cls.predictions.bias'].map((value, i) => (i === 3 ? Number.NaN : value));
    const parameters = { ...model.parameters, 'cls.predictions.bias': bias };
    expect(() => modelFiles({ ...model, parameters })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'weightsNotFinite' }) }),
    );
  });

  it('but leaves behind what a method trained beside it', () => {
    const parameters = { ...model.parameters, 'fit_dense.weight': new Float32Array(4) };
    expect(modelFiles({ ...model, parameters })).toEqual(modelFiles(model));
  });
});
