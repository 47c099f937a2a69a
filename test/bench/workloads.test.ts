import { describe, expect, test } from 'vitest';
import { batchIds, encoderValues, initialWeights, uniform } from '../../src/bench/values';
import { growthWorkloads, stepFlop, teacherBlock, tokensPerStep, workloads } from '../../src/bench/workloads';
import { closeTo } from '../support/closeTo';

const { small, mid } = workloads;

test('the generator is mulberry32', () => {
  const next = uniform(1);
  expect([next(), next(), next()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
});

test('ids come from the step alone, below the vocabulary', () => {
  expect([...batchIds(small, 0).slice(0, 6)]).toEqual([407, 423, 354, 450, 9, 217]);
  expect([...batchIds(mid, 3).slice(0, 6)]).toEqual([341, 229, 940, 966, 553, 887]);
  expect(batchIds(small, 7)).toHaveLength(tokensPerStep(small));
});

test('weights are drawn with one seed a matrix: blocks, tokens, positions, teacher before student', () => {
  const { teacher, students } = initialWeights(small);
  const [{ encoder: student, projection }] = students;
  const start = (data: Float32Array) => [...data.slice(0, 2)];
  const close = (actual: number[], expected: number[]) => closeTo(actual, expected, 1e-6);
  close(start(teacher.blocks[0].queryWeight.data), [0.028086775913834572, 0.024315092712640762]);
  close(start(teacher.blocks[3].contractWeight.data), [0.017505062744021416, 0.014214394614100456]);
  close(start(teacher.tokens.data), [0.012900963425636292, -0.0010365017224103212]);
  close(start(teacher.positions.data), [-0.0009754069033078849, 0.023892387747764587]);
  close(start(student.blocks[0].queryWeight.data), [0.020045410841703415, 0.00201358157210052]);
  close(start(student.positions.data), [0.011593480594456196, -0.001625761273317039]);
  close(start(projection.data), [-0.03896692767739296, -0.027427678927779198]);
  expect(projection.shape).toEqual([32, 64]);
});

test('an encoder holds a matrix and a bias for all that it multiplies, and each value is of its shape', () => {
  const { teacher } = initialWeights(small);
  const values = encoderValues(teacher);
  expect(values).toHaveLength(5 + 4 * 16);
  for (const { data, shape } of values) expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
});

test('a student block learns from the last teacher block of its share', () => {
  expect([0, 1].map((m) => teacherBlock(m, small))).toEqual([1, 3]);
  const [shallow, deep] = growthWorkloads.filter(({ name }) => name.includes('depth'));
  expect(teacherBlock(0, shallow)).toBe(3);
  expect([0, 1, 2, 3].map((m) => teacherBlock(m, deep))).toEqual([0, 1, 2, 3]);
});

describe('FLOP of a step', () => {
  test('of small, by hand', () => {
    // Teacher 4 (24·64² + 4·16·64) + 2·64·512 = 475,136; student 2 (24·32² + 4·16·32) + 2·32·512 = 86,016.
    expect(stepFlop(small)).toBe(256 * (475_136 + 3 * 86_016));
  });

  test('of mid, by hand', () => {
    expect(stepFlop(mid)).toBe(512 * (1_900_544 + 3 * 344_064));
  });

  test('another arm adds its own share and no teacher', () => {
    const two = stepFlop({ ...mid, arms: 2 });
    expect(two - stepFlop(mid)).toBe(512 * 3 * 344_064);
  });
});

test('the product’s own workload has the sizes of its preset', () => {
  expect(workloads.default).toMatchObject({
    preset: 'distilbert',
    vocabularySize: 4096,
    batchSize: 16,
    sequenceLength: 32,
    teacher: { layers: 4, hiddenSize: 128 },
    student: { layers: 2, hiddenSize: 128 },
    arms: 2,
  });
});

test('growth changes one size at a time and begins with mid itself', () => {
  expect({ ...growthWorkloads[0], name: 'mid' }).toEqual(mid);
  expect(new Set(growthWorkloads.map(({ name }) => name)).size).toBe(growthWorkloads.length);
});
