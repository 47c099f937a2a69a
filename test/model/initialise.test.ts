import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/data/random';
import { copiedWeights, randomWeights, withFreshHead } from '../../src/model/initialise';
import { encoderShapes, headShapes, parameterShapes } from '../../src/model/parameterNames';

const teacherShape = {
  layers: 4,
  hiddenSize: 16,
  heads: 2,
  intermediateSize: 32,
  tokenTypes: true,
  vocabularySize: 300,
  maxPositions: 8,
};
const drawn = (seed: number) =>
  randomWeights(parameterShapes(teacherShape), (name) => randomStream(seed, 0, name));

describe('randomWeights', () => {
  it("are BERT's: normal(0, 0.02), biases 0, LayerNorm gains 1", () => {
    const weights = drawn(1);
    const numbers: number[] = [];
    for (const [name, { data }] of weights) {
      if (name.endsWith('LayerNorm.weight')) expect(new Set(data)).toEqual(new Set([1]));
      else if (name.endsWith('bias')) expect(new Set(data)).toEqual(new Set([0]));
      else numbers.push(...data);
    }
    const n = numbers.length;
    const mean = numbers.reduce((a, b) => a + b) / n;
    const deviation = Math.sqrt(numbers.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n);
    // Four standard errors.
    expect(Math.abs(mean)).toBeLessThan((4 * 0.02) / Math.sqrt(n));
    expect(Math.abs(deviation - 0.02)).toBeLessThan((4 * 0.02) / Math.sqrt(2 * n));
  });

  it('have every tensor of the model, in its shape', () => {
    const shapes = Object.fromEntries([...drawn(1)].map(([name, { shape }]) => [name, shape]));
    expect(shapes).toEqual(parameterShapes(teacherShape));
  });

  it('are the same at every call, and others for another seed', () => {
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(8)).not.toEqual(drawn(7));
  });

  it("draw a tensor that doesn't depend on the others: a shallower model begins alike", () => {
    const shallow = randomWeights(parameterShapes({ ...teacherShape, layers: 1 }), (name) =>
      randomStream(1, 0, name),
    );
    for (const [name, weight] of shallow) expect(weight).toEqual(drawn(1).get(name));
  });
});

describe('copiedWeights', () => {
  const student = { ...teacherShape, layers: 2, tokenTypes: false };
  const teacher = drawn(3);

  it('golden 12: copy bit for bit all tensors of each chosen layer', () => {
    const weights = copiedWeights(teacher, student, [2, 4]);
    expect([...weights.keys()]).toEqual(Object.keys(parameterShapes(student)));
    let inBlocks = 0;
    for (const [name, { data, shape }] of weights) {
      const source = name
        .replace('layer.0.', 'layer.one.')
        .replace('layer.1.', 'layer.3.')
        .replace('layer.one.', 'layer.1.');
      if (name.includes('.layer.')) inBlocks++;
      expect(shape).toEqual(parameterShapes(student)[name]);
      expect(new Uint32Array(data.buffer)).toEqual(new Uint32Array(teacher.get(source)!.data.buffer));
    }
    expect(inBlocks).toBe(2 * 16);
  });

  it('may take a block twice, and leave the order', () => {
    const weights = copiedWeights(teacher, student, [3, 3]);
    const name = (layer: number) => `bert.encoder.layer.${layer}.intermediate.dense.weight`;
    expect(weights.get(name(0))?.data).toEqual(weights.get(name(1))?.data);
    expect(weights.get(name(0))?.data).toEqual(teacher.get(name(2))?.data);
  });

  it("are copies: changing them leaves the teacher's", () => {
    const copy = copiedWeights(teacher, student, [1, 2]);
    const name = 'cls.predictions.bias';
    copy.get(name)!.data[0] = 5;
    expect(teacher.get(name)?.data[0]).toBe(0);
  });

  it('refuse a block that the teacher lacks, and another width', () => {
    expect(() => copiedWeights(teacher, student, [2, 5])).toThrow(/layer\.4/);
    expect(() => copiedWeights(teacher, { ...student, hiddenSize: 8 }, [1, 2])).toThrow(/fit/);
  });
});

describe('withFreshHead', () => {
  const head = { kind: 'classify', classes: 3 } as const;
  const draw = (name: string) => randomStream(4, 0, `initial ${name}`);

  it.each([true, false])(
    "keeps the encoder and puts BERT's initialisation on it, token types %j",
    (tokenTypes) => {
      const shape = { ...teacherShape, tokenTypes };
      const before = randomWeights(parameterShapes(shape), (name) => randomStream(3, 0, name));
      const weights = withFreshHead(before, shape, head, draw);
      expect([...weights.keys()]).toEqual(Object.keys(parameterShapes(shape, head)));
      for (const name of Object.keys(encoderShapes(shape))) expect(weights.get(name)).toBe(before.get(name));
      expect(weights.get('classifier.bias')!.data).toEqual(new Float32Array(3));
      const dense = tokenTypes ? 'bert.pooler.dense' : 'pre_classifier';
      expect(weights.get(`${dense}.bias`)!.data).toEqual(new Float32Array(16));
      const { data } = weights.get(`${dense}.weight`)!;
      const deviation = Math.sqrt(data.reduce((sum, v) => sum + v * v, 0) / data.length);
      // Four standard errors.
      expect(Math.abs(deviation - 0.02)).toBeLessThan((4 * 0.02) / Math.sqrt(2 * data.length));
      expect(withFreshHead(before, shape, head, draw)).toEqual(weights);
      const other = withFreshHead(before, shape, head, (name) => randomStream(5, 0, `initial ${name}`));
      expect(other.get('classifier.weight')).not.toEqual(weights.get('classifier.weight'));
    },
  );

  it('takes the place of a head that is there, and goes back to words', () => {
    const classifier = withFreshHead(drawn(3), teacherShape, head, draw);
    const other = withFreshHead(classifier, teacherShape, { ...head, classes: 5 }, draw);
    expect(other.get('classifier.weight')!.shape).toEqual([5, 16]);
    const words = withFreshHead(classifier, teacherShape, { kind: 'mlm' }, draw);
    expect([...words.keys()]).toEqual(Object.keys(parameterShapes(teacherShape)));
    expect(new Set(words.get('cls.predictions.transform.LayerNorm.weight')!.data)).toEqual(new Set([1]));
  });

  it('refuses an encoder that lacks a tensor', () => {
    expect(() => withFreshHead(new Map(), teacherShape, head, draw)).toThrow(/word_embeddings/);
  });

  it('goes on what is copied of a teacher that itself has no head for words', () => {
    const classifier = withFreshHead(drawn(3), teacherShape, head, draw);
    const student = { ...teacherShape, layers: 2, tokenTypes: false };
    expect(() => copiedWeights(classifier, student, [2, 4])).toThrow(/cls.predictions/);
    const copied = copiedWeights(classifier, student, [2, 4], encoderShapes(student));
    const weights = withFreshHead(copied, student, head, draw);
    expect(Object.keys(headShapes(student, head)).every((name) => weights.has(name))).toBe(true);
    const name = 'bert.encoder.layer.1.output.dense.weight';
    expect(weights.get(name)!.data).toEqual(classifier.get(name.replace('1', '3'))!.data);
  });
});
