import { describe, expect, it } from 'vitest';
import { costOfUpdate, estimateSeconds } from '../../src/config/cost';
import type { Experiment } from '../../src/config/experiment';
import { hardLabels } from '../../src/config/objective';
import { presets } from '../../src/config/presets';
import { stageAt } from '../../src/config/stages';
import { bundledTeachers } from '../../src/config/teachers';

const teacher = bundledTeachers['stories-4x128'];
const tinyTeacher = bundledTeachers['stories-4x32'];
const { distilbert, tiny } = presets;

describe('costOfUpdate', () => {
  it('counts the operations of one arm without a teacher', () => {
    // One layer of width 8, feed-forward 16, one sequence of 8 tokens, half of them masked, 256 words.
    const student = { layers: 1, hiddenSize: 8, heads: 1, intermediateSize: 16, tokenTypes: false };
    const experiment = {
      ...tiny,
      teacher: { kind: 'none', vocabularySize: 256 } as const,
      training: { ...tiny.training, batchSize: 1, sequenceLength: 8, maskProbability: 0.5 },
      arms: [{ ...tiny.arms[0], weights: hardLabels, student }],
    };
    const layer = 4 * 64 + 2 * 8 * 8 + 2 * 8 * 16;
    const head = 64 + 8 * 256;
    expect(costOfUpdate(experiment, null)).toBe(3 * 2 * (8 * layer + 4 * head));
  });

  it('grows with arms, batches and accumulation', () => {
    const cost = costOfUpdate(distilbert, teacher);
    const withTraining = (changes: Partial<typeof distilbert.training>) =>
      costOfUpdate({ ...distilbert, training: { ...distilbert.training, ...changes } }, teacher);
    expect(withTraining({ batchSize: 32 })).toBe(2 * cost);
    expect(withTraining({ accumulation: 3 })).toBe(3 * cost);
    expect(costOfUpdate({ ...distilbert, arms: distilbert.arms.slice(0, 1) }, teacher)).toBeLessThan(cost);
  });
});

describe('estimateSeconds', () => {
  it('is what was measured for the same experiment', () => {
    const cost = costOfUpdate(tiny, tinyTeacher);
    expect(estimateSeconds(tiny, tinyTeacher, { secondsPerUpdate: 0.02, cost })).toBeCloseTo(10, 9);
  });

  it('counts all stages, and a tuning that several ask for once', () => {
    const whole = presets['tinybert-task'];
    const shape = bundledTeachers['everyday-4x128'];
    const pace = { secondsPerUpdate: 0.1, cost: costOfUpdate(whole, shape) };
    const seconds = (experiment: Experiment) => estimateSeconds(experiment, shape, pace);
    const [first, second, third] = [0, 1, 2].map((stage) => stageAt(whole, stage));
    const untuned = ({ tuning: _tuning, ...stage }: Experiment) => stage;
    const tuning = seconds(second) - seconds(untuned(second));
    expect(seconds(first)).toBeCloseTo(0.1 * first.training.steps, 9);
    // 300 updates of the whole teacher, of which the students are a part.
    expect(tuning).toBeGreaterThan(10);
    expect(seconds(whole)).toBeCloseTo(
      seconds(first) + seconds(untuned(second)) + seconds(untuned(third)) + tuning,
      9,
    );
  });

  it('takes the larger preset from the tiny one’s pace as it is on WASM: about 15 times as long', () => {
    const cost = costOfUpdate(tiny, tinyTeacher);
    const seconds = estimateSeconds(distilbert, teacher, { secondsPerUpdate: 7 / 500, cost });
    expect(seconds).toBeGreaterThan(80);
    expect(seconds).toBeLessThan(125);
  });
});
