import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import type { TeacherShape } from '../../src/config/teachers';
import { randomStream } from '../../src/data/random';
import { randomWeights } from '../../src/model/initialise';
import { parameterShapes } from '../../src/model/parameterNames';
import { hiddenStates, matricesOf } from '../../src/model/plainStates';
import { projectedWeights, widening } from '../../src/model/projection';
import { bundledTeacher } from '../support/bundledTeacher';
import { closeTo } from '../support/closeTo';

const { weights: teacher, shape } = bundledTeacher('stories-4x32');
const half: TeacherShape = { ...shape, layers: 2, hiddenSize: 16, intermediateSize: 64, tokenTypes: false };
const ids = [2, 110, 42, 39, 180, 4, 110, 59, 3];
const own: TeacherShape = { ...shape, tokenTypes: false };

describe('projectedWeights', () => {
  it.each<[string, TeacherShape, number[]]>([
    ['half of everything', half, [1, 2]],
    ['token types', { ...half, tokenTypes: true }, [2, 4]],
    ['half the heads', { ...half, heads: 2 }, [1, 4]],
    ['an odd width, one block many times', { ...half, layers: 3, hiddenSize: 9, heads: 3 }, [1, 1, 1]],
    ['one head of few numbers', { ...half, layers: 1, hiddenSize: 4, heads: 4, intermediateSize: 8 }, [3]],
  ])('have every tensor in its shape, and numbers in it: %s', (_, student, blocks) => {
    const weights = projectedWeights(teacher, shape, student, blocks);
    const shapes = Object.fromEntries([...weights].map(([name, { shape }]) => [name, shape]));
    expect(shapes).toEqual(parameterShapes(student));
    for (const [name, { shape: dimensions, data }] of weights) {
      expect(data, name).toHaveLength(dimensions.reduce((a, b) => a * b, 1));
      expect(data.every(Number.isFinite), name).toBe(true);
      // The constant of the values has gone on to the output's bias.
      if (!name.endsWith('value.bias'))
        expect(
          data.some((value) => value !== 0),
          name,
        ).toBe(true);
    }
  });

  it('of the whole width are the teacher: hidden states and what the head reads', () => {
    const weights = projectedWeights(teacher, shape, own, [1, 2, 3, 4]);
    const expected = hiddenStates(matricesOf(teacher), shape, [ids]);
    const states = hiddenStates(matricesOf(weights), own, [ids]);
    states.forEach((level, at) => {
      closeTo(level.to1DArray(), expected[at].to1DArray(), 1e-5, `level ${at}`);
    });
    const untouched = [
      'word_embeddings.weight',
      'transform.dense.weight',
      'transform.LayerNorm.weight',
      'predictions.bias',
    ];
    for (const end of untouched) {
      const [name] = [...weights.keys()].filter((each) => each.endsWith(end));
      closeTo(weights.get(name)!.data, teacher.get(name)!.data, 1e-6, name);
    }
  });

  it('take blocks in the order given', () => {
    const weights = projectedWeights(teacher, shape, half, [3, 1]);
    const bias = (of: typeof weights, block: number) =>
      of.get(`bert.encoder.layer.${block}.intermediate.dense.weight`)!.data;
    const other = projectedWeights(teacher, shape, half, [1, 3]);
    expect(bias(weights, 0)).toEqual(bias(other, 1));
    expect(bias(weights, 0)).not.toEqual(bias(other, 0));
  });

  it("begin near the teacher's hidden states, seen through the widening", () => {
    const weights = projectedWeights(teacher, shape, half, [1, 2]);
    const wide = widening(teacher, shape, half.hiddenSize);
    expect(wide.shape).toEqual([shape.hiddenSize, half.hiddenSize]);
    const directions = matricesOf(new Map([['P', wide]]))('P');
    const expected = hiddenStates(matricesOf(teacher), shape, [ids]);
    const centred = (states: Matrix) => states.clone().subRowVector(states.mean('column'));
    // Correlation over all numbers of a level; what lies outside of P can't be had.
    const correlations = (start: typeof weights) =>
      hiddenStates(matricesOf(start), half, [ids]).map((states, level) => {
        const [a, b] = [centred(states.mmul(directions.transpose())), centred(expected[level])];
        return Matrix.mul(a, b).sum() / (a.norm() * b.norm());
      });
    const projected = correlations(weights);
    expect(projected[0]).toBeGreaterThan(0.8);
    for (const correlation of projected) expect(correlation).toBeGreaterThan(0.4);
    const random = randomWeights(parameterShapes(half), (name) => randomStream(1, 0, name));
    for (const correlation of correlations(random)) expect(correlation).toBeLessThan(0.3);
  });

  it('are the same bits at every call', () => {
    const [first, second] = [1, 2].map(() => projectedWeights(new Map(teacher), shape, half, [1, 2]));
    expect(first).toEqual(second);
  });

  it.each<[string, Partial<TeacherShape>, number[]]>([
    ['hiddenSize', { hiddenSize: 64 }, [1, 2]],
    ['heads', { heads: 8 }, [1, 2]],
    ['headSize', { heads: 1 }, [1, 2]],
    ['intermediateSize', { intermediateSize: 256 }, [1, 2]],
    ['vocabularySize', { vocabularySize: 2000 }, [1, 2]],
    ['maxPositions', { maxPositions: 128 }, [1, 2]],
    ['Blocks', {}, [1, 5]],
    ['Blocks', {}, [0, 1]],
    ['Blocks', {}, [1]],
  ])('refuse what the teacher has not got: %s', (what, more, blocks) => {
    expect(() => projectedWeights(teacher, shape, { ...half, ...more }, blocks)).toThrow(what);
  });
});
