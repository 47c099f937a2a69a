import { describe, expect, it } from 'vitest';
import { recordingBounds, recordingBytes } from '../../src/config/recording';
import { emptyHistory, withSpokenForPoints } from '../../src/protocol/history';
import {
  emptyRecording,
  probeOf,
  recordedOf,
  withFrame,
  withSpokenForModels,
} from '../../src/protocol/recording';
import { probeAt } from './sampleRecording';

const arms = [
  { id: 'fork', fork: { of: 'distilled', step: 20 } },
  { id: 'distilled' },
  { id: 'twin' },
  { id: 'again', fork: { of: 'fork', step: 30 } },
];

describe('the past of an arm that was another one', () => {
  it('is what that one said, in the place of the arm', () => {
    let recording = emptyRecording();
    for (const step of [0, 4, 9]) {
      const probe = probeAt(step, { students: ['distilled', 'twin'] });
      recording = withFrame(recording, recordedOf(recording, probe, 0));
    }
    const forked = withSpokenForModels(recording, arms);
    expect(forked.frames.map(({ number, step }) => [number, step])).toEqual([
      [0, 0],
      [1, 4],
      [2, 9],
    ]);
    for (const [i, frame] of forked.frames.entries()) {
      const [teacher, distilled, twin] = probeOf(recording, recording.frames[i]).models;
      expect(probeOf(forked, frame).models).toEqual([
        teacher,
        { ...distilled, id: 'fork' },
        distilled,
        twin,
        { ...distilled, id: 'again' },
      ]);
    }
    // What comes next is of the same segment.
    const next = probeAt(12, { students: arms.map(({ id }) => id) });
    expect(recordedOf(forked, next, 0).segment).toBe(forked.segments[0]);
  });

  it('is thinned where it is too large for so many', () => {
    let recording = emptyRecording();
    for (let step = 0; recordingBytes(recording) < recordingBounds.bytes * 0.9 && step < 400; step++) {
      const probe = probeAt(step, { students: ['distilled', 'twin'], vocabulary: 20_000 });
      recording = withFrame(recording, recordedOf(recording, probe, 0));
    }
    const forked = withSpokenForModels(recording, arms);
    expect(recordingBytes(forked)).toBeLessThanOrEqual(recordingBounds.bytes);
    expect(forked.frames.at(-1)!.step).toBe(recording.frames.at(-1)!.step);
    expect(forked.stride).toBe(2 * recording.stride);
  });

  it('has the losses and figures of that one', () => {
    const losses = { total: 3, terms: { mlm: 3 }, gradientNorm: 1 };
    const point = { step: 4, learningRate: 1e-3, arms: { distilled: losses, twin: { ...losses, total: 5 } } };
    const history = { ...emptyHistory(), steps: [point], pending: [{ ...point, step: 5 }] };
    const forked = withSpokenForPoints(history, arms);
    for (const { arms: told } of [...forked.steps, ...forked.pending]) {
      expect(told).toEqual({ ...point.arms, fork: losses, again: losses });
    }
  });
});
