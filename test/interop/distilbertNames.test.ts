import { describe, expect, it } from 'vitest';
import { bundledTeachers } from '../../src/config/teachers';
import { distilbertName, nameOfDistilbert } from '../../src/interop/distilbertNames';
import { parameterShapes } from '../../src/model/parameterNames';
import golden from '../golden/heads.json';

const shape = { ...bundledTeachers['stories-4x32'], layers: 2, tokenTypes: false };

describe("DistilBERT's names", () => {
  it('are those of transformers for a classifier', () => {
    const ours = Object.keys(parameterShapes(shape, { kind: 'classify', classes: 3 }));
    expect(ours.map(distilbertName).sort()).toEqual(Object.keys(golden.parameters.distilbert).sort());
  });

  it('are those of transformers for masked words', () => {
    const head = Object.keys(parameterShapes(shape)).filter((name) => name.startsWith('cls.'));
    expect(head.map(distilbertName)).toEqual([
      'vocab_transform.weight',
      'vocab_transform.bias',
      'vocab_layer_norm.weight',
      'vocab_layer_norm.bias',
      'vocab_projector.bias',
    ]);
  });

  it.each([{ kind: 'mlm' }, { kind: 'classify', classes: 3 }] as const)('lead back, $kind', (head) => {
    for (const name of Object.keys(parameterShapes(shape, head))) {
      expect(nameOfDistilbert(distilbertName(name))).toBe(name);
    }
  });

  it('leave strange names as they are', () => {
    for (const name of ['x', 'bert.embeddings.position_ids', 'distilbert.x.y']) {
      expect(nameOfDistilbert(name)).toBe(name);
    }
  });
});
