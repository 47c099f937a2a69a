import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import type { EvaluationPoint, HeldOut, Latency } from '../../src/protocol/messages';
import {
  byShape,
  evaluationShown,
  gain,
  isWithinDoubt,
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
const quality = (accuracy: number, klToTeacher: number | null, klError: number | null = 0.01): HeldOut => ({
  loss: 3,
  accuracy,
  agreement: klToTeacher === null ? null : 0.7,
  klToTeacher,
  klError,
});
const latency = (low: number, median: number, high: number): Latency => ({
  batch1Ms: median,
  batch32Ms: 9,
  batch1Middle: [low, high],
  batch32Middle: [8, 10],
  runs: 31,
});
const parts = { words: 0, places: 0, layers: [], head: 0 };
const teacher: Measured = {
  size: { parameters: 1000, bytes: 4000, parts },
  latency: latency(3.5, 4, 4.5),
  quality: quality(0.5, null),
};
const measured = (changes: Partial<Measured>): Measured => ({
  size: { parameters: 600, bytes: 2400, parts },
  latency: null,
  quality: quality(0.45, 0.2),
  ...changes,
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
  it('divides by the teacher, with the margin of what is sampled, and leaves out what is not measured', () => {
    const { size, speed, kept } = verdict(measured({}), teacher, 4000);
    expect([size, speed]).toEqual([0.6, null]);
    expect(kept).toMatchObject({ value: 0.9 });
    expect(verdict(measured({ quality: null }), teacher, 4000).kept).toBeNull();
  });

  it('is narrower on all of the text than on a sample', () => {
    const margin = (words: number) => {
      const { kept } = verdict(measured({}), teacher, words);
      return kept === null || kept === 'few' ? Number.NaN : (kept.margin ?? Number.NaN);
    };
    expect(margin(4000)).toBeLessThan(0.05);
    expect(margin(250)).toBeGreaterThan(0.1);
  });

  it('says nothing from 12 words, nor from none', () => {
    const lucky = measured({ quality: quality(5 / 12, 0.2) });
    const unlucky = { ...teacher, quality: quality(3 / 12, null) };
    expect(verdict(lucky, unlucky, 12).kept).toBe('few');
    const nothing = quality(Number.NaN, Number.NaN);
    expect(verdict(measured({ quality: nothing }), { ...teacher, quality: nothing }, 0).kept).toBe('few');
  });

  it('calls speeds alike where the middle halves of the times overlap, and tells them apart elsewhere', () => {
    const speed = (low: number, median: number, high: number) =>
      verdict(measured({ latency: latency(low, median, high) }), teacher, 4000).speed;
    expect(speed(3.2, 3.4, 3.6)).toBe('alike');
    expect(speed(4.4, 5, 6)).toBe('alike');
    expect(speed(1.9, 2, 2.1)).toBe(2);
    expect(speed(7, 8, 9)).toBe(0.5);
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

  it('gives the gain with its margins', () => {
    const gained = gain(quality(0.44, 0.1), quality(0.41, 0.4), 4000);
    expect(gained?.kl.value).toBeCloseTo(-0.3, 12);
    expect(gained?.kl.margin).toBeCloseTo(1.96 * Math.hypot(0.01, 0.01), 12);
    expect(gained?.accuracy.value).toBeCloseTo(0.03, 12);
    expect(gained && [isWithinDoubt(gained.kl), isWithinDoubt(gained.accuracy)]).toEqual([false, false]);
    expect(gain(quality(0.44, null), quality(0.41, 0.4), 4000)).toBeNull();
  });

  it('can not be told apart by three points on a sample, nor at all on a few words', () => {
    const sampled = gain(quality(0.44, 0.1), quality(0.41, 0.4), 250);
    expect(sampled && isWithinDoubt(sampled.accuracy)).toBe(true);
    expect(gain(quality(0.44, 0.1), quality(0.41, 0.4), 99)).toBeNull();
  });

  it('has no margin of KL in a run that was saved without its error', () => {
    const { klError: _, ...older } = quality(0.44, 0.1);
    const gained = gain(older, quality(0.41, 0.4), 4000);
    expect(gained?.kl.margin).toBeNull();
    expect(gained && isWithinDoubt(gained.kl)).toBe(false);
  });
});

it('groups students of one shape, whatever they learn from', () => {
  const ids = (preset: keyof typeof presets) =>
    byShape(presets[preset].arms).map((group) => group.map(({ id }) => id));
  expect(ids('ablation')).toEqual([['distilled', 'no-ce', 'no-mlm', 'no-cos', 'random-start']]);
  const [distilled, twin] = presets.distilbert.arms;
  const narrow = { ...twin, id: 'narrow', student: { ...twin.student, hiddenSize: 64 } };
  expect(byShape([distilled, narrow, twin]).map((group) => group.map(({ id }) => id))).toEqual([
    ['distilled', 'twin'],
    ['narrow'],
  ]);
});
