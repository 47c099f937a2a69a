import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import type { EvaluationPoint } from '../../src/protocol/messages';
import {
  evaluationShown,
  gain,
  type Measured,
  twinOf,
  verdict,
} from '../../src/ui/panels/scoreboard/summary';

const point = (extent: EvaluationPoint['extent'], step: number): EvaluationPoint => ({
  extent,
  step,
  sequences: 1,
  maskedWords: 1,
  teacher: null,
  arms: {},
});
const quality = (accuracy: number, klToTeacher: number | null) => ({
  loss: 3,
  accuracy,
  agreement: null,
  klToTeacher,
});

describe('evaluationShown', () => {
  it('takes the later one, and of two at the same step the full one', () => {
    const [full, sample] = [point('full', 100), point('sample', 150)];
    expect(evaluationShown(full, { ...full, extent: 'sample' })).toBe(full);
    expect(evaluationShown(full, sample)).toBe(sample);
    expect(evaluationShown(full, null)).toBe(full);
    expect(evaluationShown(null, null)).toBeNull();
  });
});

describe('verdict', () => {
  it('divides by the teacher, and leaves out what is not measured', () => {
    const teacher: Measured = {
      size: { parameters: 1000, bytes: 4000 },
      latency: { batch1Ms: 4, batch32Ms: 9, batch1Middle: [3, 5], batch32Middle: [8, 10], runs: 31 },
      quality: quality(0.5, null),
    };
    const arm = { size: { parameters: 600, bytes: 2400 }, latency: null, quality: quality(0.45, 0.2) };
    expect(verdict(arm, teacher)).toEqual({ size: 0.6, time: null, kept: 0.9 });
  });
});

describe('twin', () => {
  it('is the arm without a teacher that starts alike', () => {
    const [distilled, twin] = presets.distilbert.arms;
    expect(twinOf(distilled, presets.distilbert.arms)).toBe(twin);
    expect(twinOf(twin, presets.distilbert.arms)).toBeNull();
    const other = { ...twin, initialisation: { kind: 'random' as const } };
    expect(twinOf(distilled, [distilled, other])).toBeNull();
  });

  it('gives the gain in nats and in points', () => {
    const gained = gain(quality(0.44, 0.1), quality(0.41, 0.4));
    expect(gained?.kl).toBeCloseTo(-0.3, 12);
    expect(gained?.accuracy).toBeCloseTo(3, 12);
    expect(gain(quality(0.44, null), quality(0.41, 0.4))).toBeNull();
  });
});
