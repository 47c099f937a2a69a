import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import { difference, isLive, liveBoundAt, numberAt, withNumber } from '../../src/config/compare';
import { costOfUpdate } from '../../src/config/cost';
import { type Experiment, experimentSchema } from '../../src/config/experiment';
import { flatten } from '../../src/config/paths';
import { presetNames, presets } from '../../src/config/presets';
import {
  pathInStage,
  plansOf,
  stageAt,
  stageCount,
  stageOfPath,
  stageOfStep,
  stagesOf,
  stepsBefore,
  stepsOf,
  withStage,
} from '../../src/config/stages';
import { bundledTeachers } from '../../src/config/teachers';
import { isOwn } from '../../src/config/text';
import { upgrade, written } from '../../src/config/upgrade';
import { decodeExperiment } from '../../src/config/urlCodec';
import { encodeExperiment } from '../../src/config/urlWriting';
import { anyCourse, anyExperiment } from './anyExperiment';

const { tiny } = presets;
const [plan] = plansOf(tiny.arms[1]);
/** The preset `tiny`, then its twin's plan for every arm, for 40 more steps. */
const course: Experiment = {
  ...tiny,
  later: [{ text: tiny.text, training: { ...tiny.training, steps: 40 } }],
  arms: tiny.arms.map((arm) => ({ ...arm, later: [plan] })),
};
const anyStage = anyCourse.chain((experiment) =>
  fc.tuple(fc.constant(experiment), fc.nat(stageCount(experiment) - 1)),
);

describe('stages', () => {
  it('of an experiment of one stage are the experiment itself', () => {
    fc.assert(
      fc.property(anyExperiment, (experiment) => {
        expect(stageCount(experiment)).toBe(1);
        expect(experimentSchema.parse(stageAt(experiment, 0))).toEqual(experimentSchema.parse(experiment));
        expect(stepsOf(experiment)).toBe(experiment.training.steps);
      }),
    );
  });

  it('are experiments of one stage each, with the students of the whole', () => {
    fc.assert(
      fc.property(anyStage, ([experiment, stage]) => {
        const one = stageAt(experiment, stage);
        expect(stageCount(one)).toBe(1);
        expect(one.training).toEqual(stagesOf(experiment)[stage].training);
        expect(one.arms.map(({ student }) => student)).toEqual(experiment.arms.map(({ student }) => student));
        expect(one.arms.map((arm) => plansOf(arm)[0])).toEqual(
          experiment.arms.map((arm) => plansOf(arm)[stage]),
        );
      }),
    );
  });

  it('put back as they were change nothing, and put back otherwise change that stage alone', () => {
    fc.assert(
      fc.property(anyStage, fc.nat(1000), ([experiment, stage], seed) => {
        const one = stageAt(experiment, stage);
        expect(withStage(experiment, stage, one)).toEqual(experiment);
        const changed = withStage(experiment, stage, { ...one, training: { ...one.training, seed } });
        expect(stagesOf(changed).map(({ training }) => training.seed)).toEqual(
          stagesOf(experiment).map(({ training }, i) => (i === stage ? seed : training.seed)),
        );
      }),
    );
  });

  it('follow each other on one axis of steps', () => {
    const { steps } = tiny.training;
    expect([0, 1, 2].map((stage) => stepsBefore(course, stage))).toEqual([0, steps, steps + 40]);
    expect(stepsOf(course)).toBe(steps + 40);
    expect(
      [0, steps - 1, steps, steps + 39, steps + 40, 1e6].map((step) => stageOfStep(course, step)),
    ).toEqual([0, 0, 1, 1, 1, 1]);
  });

  it('have no stage after the last', () => {
    expect(() => stageAt(course, 2)).toThrow(RangeError);
  });
});

describe('paths into stages', () => {
  it('are taken apart and put together again', () => {
    fc.assert(
      fc.property(anyCourse, (experiment) => {
        for (const path of flatten(experiment).keys()) {
          const { stage, path: within } = stageOfPath(path);
          expect(pathInStage(within, stage)).toBe(path);
        }
      }),
    );
    expect(stageOfPath('arms.1.later.0.weights.ce')).toEqual({ stage: 1, path: 'arms.1.weights.ce' });
    expect(stageOfPath('later.2.training.steps')).toEqual({ stage: 3, path: 'training.steps' });
  });

  it('lead to live numbers of every stage, each with its own', () => {
    const weight = 'arms.0.later.0.weights.mlm';
    expect(isLive(weight)).toBe(true);
    expect(liveBoundAt('later.0.training.learningRate')).toEqual(liveBoundAt('training.learningRate'));
    expect(isLive('later.0.training.steps')).toBe(false);
    expect(numberAt(course, weight)).toBe(1);
    const changed = withNumber(course, weight, 3);
    expect(numberAt(changed, weight)).toBe(3);
    expect(numberAt(changed, 'arms.0.weights.mlm')).toBe(numberAt(course, 'arms.0.weights.mlm'));
    expect(difference(course, changed)).toBe('numbers');
    expect(numberAt(tiny, weight)).toBeNull();
    expect(difference(tiny, course)).toBe('structure');
  });
});

describe('experiments of several stages', () => {
  it('come back unchanged from what is written of them', () => {
    fc.assert(
      fc.property(anyCourse, (experiment) => {
        const parsed = experimentSchema.parse(experiment);
        expect(upgrade(JSON.parse(JSON.stringify(written(parsed))))).toEqual(parsed);
      }),
    );
  });

  it('come back unchanged from a link, whatever the preset', () => {
    fc.assert(
      fc.property(anyCourse, fc.constantFrom(...presetNames), (experiment, preset) => {
        const nameless = experimentSchema.parse(withoutNames(experiment));
        const link = encodeExperiment(experimentSchema.parse(experiment), preset);
        expect(decodeExperiment(new URLSearchParams(link.toString()))).toEqual({
          experiment: nameless,
          preset,
          problems: [],
        });
      }),
    );
  });

  it('are checked, and their cost is told, whatever is in them', () => {
    fc.assert(
      fc.property(
        anyCourse,
        fc.constantFrom(null, bundledTeachers['stories-4x32']),
        (experiment, teacher) => {
          const problems = checkExperiment(experiment, teacher);
          expect(problems.every(({ code }) => typeof code === 'string')).toBe(true);
          for (let stage = 0; stage < stageCount(experiment); stage++) {
            const cost = costOfUpdate(stageAt(experiment, stage), teacher);
            expect(Number.isFinite(cost) && cost > 0).toBe(true);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are refused where an arm lacks a plan', () => {
    const [first, second] = course.arms;
    const { later: _, ...short } = second;
    const problems = checkExperiment({ ...course, arms: [first, short] }, bundledTeachers['stories-4x32']);
    expect(problems).toEqual([{ code: 'plansMissing', values: { arm: second.id, plans: 1, stages: 2 } }]);
  });

  it('are checked in each of them, and told once what is wrong in several', () => {
    const teacher = bundledTeachers['stories-4x32'];
    expect(checkExperiment(course, teacher)).toEqual([]);
    const empty = withStage(course, 1, {
      ...stageAt(course, 1),
      arms: stageAt(course, 1).arms.map((arm) => ({ ...arm, weights: {} })),
    });
    expect(checkExperiment(empty, teacher).map(({ code }) => code)).toEqual(['noLossWeight', 'noLossWeight']);
    const student = { ...course.arms[0].student, heads: 3 };
    const uneven = { ...course, arms: course.arms.map((arm) => ({ ...arm, student })) };
    const codes = checkExperiment(uneven, teacher).map(({ code }) => code);
    expect(codes.filter((code) => code === 'headsDoNotDivide')).toHaveLength(2);
  });
});

/** What links leave out. */
function withoutNames({ text, teacher, later = [], ...rest }: Experiment): Experiment {
  const unnamed = (source: Experiment['text']) => (isOwn(source) ? { ...source, name: '' } : source);
  return {
    ...rest,
    text: unnamed(text),
    teacher: teacher.kind === 'saved' ? { ...teacher, name: '' } : teacher,
    later: later.map((stage) => ({ ...stage, text: unnamed(stage.text) })),
  };
}
