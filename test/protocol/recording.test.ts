import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { teacherModel } from '../../src/config/modelIds';
import { type Recording, recordingBounds, recordingBytes } from '../../src/config/recording';
import type { Probe, ProbeModel } from '../../src/config/results';
import {
  emptyRecording,
  frameAt,
  probeOf,
  recordedOf,
  segmentOf,
  upToFrame,
  withFrame,
} from '../../src/protocol/recording';
import { probeAt, recordedRun } from './sampleRecording';

const stepsOf = ({ frames }: Recording) => frames.map(({ step }) => step);
const add = (recording: Recording, probe: Probe, stage = 0) =>
  withFrame(recording, recordedOf(recording, probe, stage));

const softmax = (logits: ArrayLike<number>, temperature: number) => {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const best = Math.max(...scaled);
  const powers = scaled.map((value) => Math.exp(value - best));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

describe('a frame', () => {
  it('gives every probability at any T again, to 0.0004', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -60, max: 60, noNaN: true }), { minLength: 2, maxLength: 300 }),
        fc.float({ min: 0.25, max: 16, noNaN: true }),
        (logits, temperature) => {
          const probe = probeAt(3, { logits: Float32Array.from(logits) });
          const recording = add(emptyRecording(), probe);
          const [shown] = probeOf(recording, recording.frames[0]).models.filter(
            ({ id }) => id !== teacherModel,
          );
          const there = softmax(logits, temperature);
          for (const [i, value] of softmax(shown.logits, temperature).entries()) {
            expect(Math.abs(value - there[i])).toBeLessThan(4e-4);
          }
        },
      ),
    );
  });

  it('says all that the probe said: sentence, tokens, models in their order, and attention within a hundredth', () => {
    const probe = probeAt(7, { sentence: 'A [MASK] of another.' });
    const recording = add(emptyRecording(), probe);
    const { models, ...said } = probeOf(recording, recording.frames[0]);
    const { models: there, ...asked } = probe;
    expect(said).toEqual(asked);
    expect(models.map(({ id }) => id)).toEqual(there.map(({ id }) => id));
    models.forEach(({ attention }, m) => {
      const { scores, probabilities, ...shape } = there[m].attention;
      expect(attention).toMatchObject(shape);
      for (const [i, score] of attention.scores.entries()) expect(score).toBeCloseTo(scores[i], 2);
      for (const [i, share] of attention.probabilities.entries()) {
        expect(Math.abs(share - probabilities[i])).toBeLessThan(0.01);
      }
    });
  });

  it('is of the classes and the pair of a task where that was asked', () => {
    const probe = { ...probeAt(2), classes: ['no', 'yes'], second: 2 };
    const recording = add(emptyRecording(), probe);
    expect(probeOf(recording, recording.frames[0])).toMatchObject({ classes: ['no', 'yes'], second: 2 });
  });

  it('leaves attention out where the sentence is so long that there would be no past to see', () => {
    const long = probeAt(1, { length: 128, blocks: 8, heads: 16 });
    const recording = add(emptyRecording(), long);
    expect(recordingBytes(recording)).toBeLessThan(recordingBounds.bytes / 32);
    for (const { attention } of probeOf(recording, recording.frames[0]).models) {
      expect(attention).toMatchObject({ blocks: 0, scores: new Float32Array(0) });
    }
  });

  it('does not overflow', () => {
    const recording = add(emptyRecording(), probeAt(1, { logits: Float32Array.of(3e38, -3e38, 0) }));
    const [, { logits }] = probeOf(recording, recording.frames[0]).models;
    expect([...logits]).toEqual([0, -65_504, -65_504]);
  });
});

describe('segments', () => {
  it('hold the teacher once, whatever the frames', () => {
    const recording = recordedRun(20);
    expect(recording.segments).toHaveLength(1);
    const [{ teacher, models }] = recording.segments;
    expect(teacher?.id).toBe(teacherModel);
    expect(models.map(({ id }) => id)).toEqual(['distilled']);
  });

  it('begin anew with another sentence, another stage and another teacher, and the past keeps its own', () => {
    let recording = add(emptyRecording(), probeAt(1));
    recording = add(recording, probeAt(2, { sentence: 'Another [MASK].' }));
    recording = add(recording, probeAt(3, { sentence: 'Another [MASK].' }), 1);
    const taught = probeAt(4, { sentence: 'Another [MASK].' });
    const other: ProbeModel = { ...taught.models[0], logits: taught.models[0].logits.map((z) => z + z / 3) };
    recording = add(recording, { ...taught, models: [other, ...taught.models.slice(1)] }, 1);
    expect(recording.segments.map(({ number, stage }) => [number, stage])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
    const shown = recording.frames.map((frame) => probeOf(recording, frame).sentence);
    expect(shown).toEqual([probeAt(1).sentence, 'Another [MASK].', 'Another [MASK].', 'Another [MASK].']);
  });

  it('go with their last frame: sentences that were typed at one step leave one', () => {
    let recording = add(emptyRecording(), probeAt(1));
    for (const sentence of ['A [MASK]', 'A b [MASK]', 'A b c [MASK]']) {
      recording = add(recording, probeAt(2, { sentence }));
    }
    expect(stepsOf(recording)).toEqual([1, 2]);
    expect(recording.segments.map(({ sentence }) => sentence)).toEqual([probeAt(1).sentence, 'A b c [MASK]']);
  });
});

describe('thinning', () => {
  it('keeps every k-th with k doubling, the first and the newest, and never more than its bounds', () => {
    let recording = emptyRecording();
    for (let step = 0; step < 5000; step++) {
      recording = add(recording, probeAt(step, { length: 2, blocks: 1, heads: 1, vocabulary: 3 }));
      expect(recording.frames.length).toBeLessThanOrEqual(recordingBounds.frames);
    }
    const steps = stepsOf(recording);
    expect(recording.stride).toBe(8);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(4999);
    expect(steps.slice(0, -1)).toEqual(steps.slice(0, -1).map((_, i) => 8 * i));
  });

  it('keeps both sides of every stage’s end', () => {
    let recording = emptyRecording();
    const tiny = { length: 2, blocks: 1, heads: 1, vocabulary: 3 };
    for (let step = 0; step <= 3001; step++) {
      const stage = step <= 1001 ? 0 : 1;
      recording = add(recording, probeAt(step, tiny), stage);
      if (step === 1001) recording = add(recording, probeAt(step, tiny), 1);
    }
    const at = recording.frames.filter(({ step }) => step === 1001);
    expect(at.map((frame) => segmentOf(recording, frame).stage)).toEqual([0, 1]);
    expect(recording.stride).toBe(4);
  });

  // The default preset's vocabulary, students and a sentence of twelve tokens, a probe at each update.
  it('holds 1,000 steps in 20 MB, and an hour of two probes a second in 64 MB', () => {
    const usual = { vocabulary: 2200, length: 12, blocks: 2, heads: 4, students: ['distilled', 'twin'] };
    expect(recordingBytes(recordedRun(1000, usual, 8))).toBeLessThan(20_000_000);
    const hour = recordedRun(7200, usual, 8);
    expect(recordingBytes(hour)).toBeLessThan(64_000_000);
    expect(recordingBytes(hour)).toBeLessThanOrEqual(recordingBounds.bytes);
    // And still enough to drag through.
    expect(hour.frames.length).toBeGreaterThan(400);
  });

  it('counts every text that it holds', () => {
    let recording = emptyRecording();
    const unknownWords = Array.from({ length: 100 }, () => 'x'.repeat(10_000));
    for (let step = 0; step < 20; step++) {
      const probe = { ...probeAt(step, { sentence: `${step} [MASK]` }), unknownWords };
      recording = add(recording, probe);
    }
    expect(2 * 1_000_000 * recording.segments.length).toBeLessThan(recordingBounds.bytes);
    expect(recording.frames.length).toBeGreaterThan(2);
  });

  it('holds its bounds with six students of the largest shape, and a sentence that changes all the time', () => {
    let recording = emptyRecording();
    const students = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (let step = 0; step < 40; step++) {
      const probe = probeAt(step, {
        ...{ sentence: `${step} [MASK]`, vocabulary: 8192, length: 24, blocks: 8, heads: 8 },
        students,
      });
      recording = add(recording, probe);
      expect(recordingBytes(recording)).toBeLessThanOrEqual(recordingBounds.bytes);
    }
    expect(recording.frames.length).toBeGreaterThan(10);
  });
});

describe('a run that is taken back', () => {
  it('has what was recorded up to there, and goes on from it as if nothing had been', () => {
    const whole = recordedRun(30);
    const back = upToFrame(whole, 17, 0);
    expect(stepsOf(back).at(-1)).toBe(17);
    let again = back;
    for (let step = 18; step < 30; step++) again = add(again, probeAt(step));
    expect(again).toEqual(whole);
  });

  it('at the end of a stage has nothing of the next', () => {
    let recording = recordedRun(5);
    recording = add(recording, probeAt(5));
    recording = add(recording, probeAt(5), 1);
    expect(upToFrame(recording, 5, 0).segments.map(({ stage }) => stage)).toEqual([0]);
    // Nor has one in which that frame comes anew.
    const again = add(recording, probeAt(5));
    expect(again.frames.map((frame) => segmentOf(again, frame).stage)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('keeps the steps in order whatever comes', () => {
    const step = fc.record({ step: fc.integer({ min: 0, max: 20 }), stage: fc.integer({ min: 0, max: 2 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (probes) => {
        let recording = emptyRecording();
        for (const { step, stage } of probes) recording = add(recording, probeAt(step), stage);
        const places = recording.frames.map((frame) => [segmentOf(recording, frame).stage, frame.step]);
        for (let i = 1; i < places.length; i++) {
          expect(places[i][0]).toBeGreaterThanOrEqual(places[i - 1][0]);
          expect(places[i][1]).toBeGreaterThanOrEqual(places[i - 1][1]);
          expect(String(places[i])).not.toBe(String(places[i - 1]));
        }
        expect(new Set(recording.segments.map(({ number }) => number)).size).toBe(recording.segments.length);
      }),
    );
  });
});

it('the frame of a step is the last one by then', () => {
  const recording = {
    ...recordedRun(10),
    frames: recordedRun(10).frames.filter(({ step }) => step % 4 === 2),
  };
  expect([0, 2, 5, 6, 99].map((step) => frameAt(recording, step))).toEqual([0, 0, 0, 1, 1]);
  expect(frameAt(emptyRecording(), 3)).toBe(-1);
});
