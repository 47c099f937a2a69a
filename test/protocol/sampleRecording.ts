/** Probes of models that were never there, and recordings of them. */
import { teacherModel } from '../../src/config/modelIds';
import type { Recording } from '../../src/config/recording';
import type { Probe, ProbeModel } from '../../src/config/results';
import { emptyRecording, recordedOf, withFrame } from '../../src/protocol/recording';

interface Shape {
  sentence?: string;
  students?: string[];
  length?: number;
  vocabulary?: number;
  blocks?: number;
  heads?: number;
  /** Of every student. */
  logits?: Float32Array;
}

/** Numbers that differ from place to place and from seed to seed, in the range of logits. */
const numbers = (length: number, seed: number) =>
  new Float32Array(length).map((_, i) => ((((i + 1) * 7919 + seed * 10_473) % 1801) - 900) / 100);

function model(
  id: string,
  seed: number,
  shape: Required<Omit<Shape, 'sentence' | 'students' | 'logits'>>,
): ProbeModel {
  const { length, vocabulary, blocks, heads } = shape;
  const scores = numbers(blocks * heads * length ** 2, seed);
  const probabilities = new Float32Array(scores.length);
  for (let row = 0; row < scores.length; row += length) {
    const powers = scores.subarray(row, row + length).map(Math.exp);
    const sum = powers.reduce((a, b) => a + b, 0);
    probabilities.set(
      powers.map((power) => power / sum),
      row,
    );
  }
  return { id, logits: numbers(vocabulary, seed), attention: { blocks, heads, scores, probabilities } };
}

export function probeAt(step: number, given: Shape = {}): Probe {
  const { sentence = 'The cat sat on the [MASK].', students = ['distilled'], logits } = given;
  const { length = 5, vocabulary = 40, blocks = 2, heads = 2 } = given;
  const shape = { length, vocabulary, blocks, heads };
  const tokens = Array.from({ length }, (_, i) => `token ${i}`);
  const models = students.map((id, i) => {
    const student = model(id, step + 1 + i / 8, shape);
    return logits ? { ...student, logits } : student;
  });
  return {
    step,
    sentence,
    tokens,
    maskIndex: 1,
    unknownWords: [],
    models: [model(teacherModel, 0.5, shape), ...models],
  };
}

/** A probe after each of `steps` updates, from 0; what models say of it comes again after `period` of them. */
export function recordedRun(steps: number, shape: Shape = {}, period = steps): Recording {
  const probes = Array.from({ length: Math.min(steps, period) }, (_, step) => probeAt(step, shape));
  let recording = emptyRecording();
  for (let step = 0; step < steps; step++) {
    const probe = { ...probes[step % period], step };
    recording = withFrame(recording, recordedOf(recording, probe, 0));
  }
  return recording;
}
