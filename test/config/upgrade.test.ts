import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { presetAt, presets } from '../../src/config/presets';
import { problemOf } from '../../src/config/problems';
import {
  experimentVersion,
  upgrade,
  upgradeArm,
  upgradeChanges,
  upgradePath,
  written,
} from '../../src/config/upgrade';
import { armOfVersion1, experimentOfVersion1 } from '../support/version1';
import { anyExperiment } from './anyExperiment';

interface Recorded {
  presets: { name: string; experiment: { arms: Record<string, unknown>[] } }[];
}
const recorded: Recorded = JSON.parse(
  readFileSync(new URL('../golden/firstLosses.json', import.meta.url), 'utf8'),
);
const tiny: Experiment = presets.tiny;
const problemWith = (found: unknown) => {
  try {
    upgrade(found);
    return null;
  } catch (error) {
    return problemOf(error);
  }
};
type Loose = Record<string, unknown>;
interface LooselyWritten {
  stages: { training: Loose }[];
  arms: (Loose & { plan: (Loose & { weights: Loose })[] })[];
}
/** What is written for `tiny`, with something changed in it. */
const writtenWith = (change: (experiment: LooselyWritten) => void) => {
  const experiment = structuredClone(written(tiny)) as unknown as LooselyWritten;
  change(experiment);
  return experiment;
};

describe('experiments of version 1', () => {
  it('are the six presets that there were', () => {
    const names = recorded.presets.map(({ name }) => name);
    expect(names).toEqual(['distilbert', 'tiny', 'temperature', 'ablation', 'tinybert', 'shuffled']);
  });

  it.each(recorded.presets)('of the preset $name are what its link opens', ({ name, experiment }) => {
    expect(upgrade(experiment)).toEqual(presetAt(name)!.experiment);
    expect(upgrade({ version: 1, ...experiment })).toEqual(presetAt(name)!.experiment);
  });

  it('give the embeddings’ level of L_hidn a weight of its own, and leave out what has none', () => {
    const [arm] = experimentOfVersion1(tiny).arms;
    const objective = { ce: 0, mlm: 1, cos: 0, mse: 0, attn: 0, hidn: 2.5 };
    const { arms } = upgrade({ ...tiny, arms: [{ ...arm, objective }] });
    expect(arms[0].weights).toEqual({ mlm: 1, embd: 2.5, hidn: 2.5 });
  });

  it('may lack the losses that came last, and arms may be of this version among them', () => {
    const [arm, twin] = experimentOfVersion1(tiny).arms;
    const { attn: _, hidn: __, ...objective } = arm.objective;
    expect(upgrade({ ...tiny, arms: [{ ...arm, objective }, twin] })).toEqual(tiny);
    expect(upgrade({ ...tiny, arms: [{ ...arm, objective }, tiny.arms[1]] })).toEqual(tiny);
  });

  it.each<[string, unknown]>([
    ['arms.0.weights.kd', { ...armOfVersion1(tiny.arms[0]), objective: { kd: 1 } }],
    ['arms.0.weights.mlm', { ...armOfVersion1(tiny.arms[0]), objective: { mlm: -1 } }],
    ['arms.0.weights.embd', { ...armOfVersion1(tiny.arms[0]), objective: { hidn: 'much' } }],
    ['arms.0.objective', { ...tiny.arms[0], objective: 5 }],
    ['arms.0', null],
    ['arms.0', []],
  ])('with a fault are refused at %s', (part, arm) => {
    const problem = problemWith({ ...tiny, arms: [arm] });
    expect(problem?.code).toBe('experimentMalformed');
    expect(String(problem?.values?.part).startsWith(part === 'arms.0.objective' ? 'arms.0' : part)).toBe(
      true,
    );
  });
});

describe('experiments as they are written down', () => {
  it('come back as they were, through JSON as well', () => {
    fc.assert(
      fc.property(anyExperiment, (experiment) => {
        expect(upgrade(written(experiment))).toEqual(experiment);
        expect(upgrade(JSON.parse(JSON.stringify(written(experiment))))).toEqual(experiment);
      }),
    );
  });

  it('name their version, and have each stage’s data, budget and plan', () => {
    const { version, stages, arms } = written(tiny);
    expect(version).toBe(experimentVersion);
    expect(stages).toEqual([{ text: tiny.text, training: tiny.training }]);
    expect(arms.map(({ plan }) => plan.length)).toEqual([1, 1]);
    expect(Object.keys(arms[0])).toEqual(['id', 'student', 'initialisation', 'plan']);
  });

  it('leave out what says nothing', () => {
    const loud = writtenWith(({ arms }) => {
      arms[0].plan[0].weights.mse = 0;
      arms[0].plan[0].dials = { beta: 0.5 };
      arms[0].plan[0].choices = { softForm: 'divergence' };
      arms[0].plan[0].lists = { lambda: [] };
      arms[0].plan[0].teacherTemperature = 0;
    });
    expect(upgrade(loud)).toEqual(tiny);
  });

  it('are told from those of a later version', () => {
    const values = { version: 3, known: 2 };
    expect(problemWith({ ...written(tiny), version: 3 })).toEqual({ code: 'experimentNewer', values });
    expect(problemWith({ version: 1e9 })?.code).toBe('experimentNewer');
  });

  it('of several stages need a plan of every arm for each', () => {
    const problem = problemWith(
      writtenWith((experiment) => {
        experiment.stages.push(experiment.stages[0]);
        experiment.arms[0].plan.push(experiment.arms[0].plan[0]);
      }),
    );
    expect(problem).toEqual({ code: 'experimentMalformed', values: { part: 'arms.1.plan' } });
  });

  it.each<[string, unknown]>([
    ['', null],
    ['', 'text'],
    ['', undefined],
    ['', 5],
    ['version', { ...written(tiny), version: '2' }],
    ['version', { ...written(tiny), version: 1.5 }],
    ['version', { ...written(tiny), version: 0 }],
    ['version', { ...written(tiny), version: Number.NaN }],
    ['version', { ...written(tiny), version: null }],
    ['more', { ...written(tiny), more: 1 }],
    ['stages', { ...written(tiny), stages: [] }],
    ['arms', { ...written(tiny), arms: {} }],
    ['arms', { ...written(tiny), arms: [] }],
    ['arms.0.plan', writtenWith(({ arms }) => (arms[0].plan = []))],
    ['arms.1.plan.0.weights.kd', writtenWith(({ arms }) => (arms[1].plan[0].weights.kd = 1))],
    ['arms.0.plan.0.weights.ce', writtenWith(({ arms }) => (arms[0].plan[0].weights.ce = 101))],
    ['arms.0.plan.0.dials.beta', writtenWith(({ arms }) => (arms[0].plan[0].dials = { beta: 2 }))],
    ['arms.0.plan.0.dials.theta', writtenWith(({ arms }) => (arms[0].plan[0].dials = { theta: 2 }))],
    ['arms.0.plan.0.choices.heads', writtenWith(({ arms }) => (arms[0].plan[0].choices = { heads: 'two' }))],
    ['arms.0.plan.0.lists.lambda', writtenWith(({ arms }) => (arms[0].plan[0].lists = { lambda: 5 }))],
    [
      'arms.0.plan.0.teacherTemperature',
      writtenWith(({ arms }) => (arms[0].plan[0].teacherTemperature = 0.1)),
    ],
    ['arms.0.objective', writtenWith(({ arms }) => (arms[0].objective = { ce: 1 }))],
    ['stages.0.training.steps', writtenWith(({ stages }) => (stages[0].training.steps = 0))],
  ])('with a fault are refused at “%s”', (part, found) => {
    expect(problemWith(found)).toEqual({ code: 'experimentMalformed', values: { part } });
  });

  it('can’t reach what all objects share', () => {
    const hostile = (json: string) =>
      JSON.parse(JSON.stringify(written(tiny)).replace('"weights":{', `"weights":{${json},`));
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const problem = problemWith(hostile(`"${key}":{"polluted":1}`));
      // What JSON calls __proto__ is a key like others, and no term.
      if (key !== '__proto__') expect(problem?.code).toBe('experimentMalformed');
      expect('polluted' in {}).toBe(false);
    }
    const objective = JSON.parse('{"__proto__":1,"constructor":2,"mlm":1}');
    expect(problemWith({ ...tiny, arms: [{ ...armOfVersion1(tiny.arms[1]), objective }] })?.code).toBe(
      'experimentMalformed',
    );
    expect('polluted' in {}).toBe(false);
  });

  it('may be anything, and are an experiment or refused by name', () => {
    const known = ['experimentMalformed', 'experimentNewer'];
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.record({ version: fc.nat(3), arms: fc.anything() })),
        (found) => {
          expect(known).toContain(problemWith(found)?.code);
        },
      ),
    );
  });
});

describe('paths of version 1, and through the stages', () => {
  it.each([
    ['arms.0.objective.ce', ['arms.0.weights.ce']],
    ['arms.11.objective.hidn', ['arms.11.weights.embd', 'arms.11.weights.hidn']],
    ['stages.0.training.steps', ['training.steps']],
    ['stages.0.text.kind', ['text.kind']],
    ['arms.0.plan.0.temperature', ['arms.0.temperature']],
    ['arms.3.plan.0.weights.hidn', ['arms.3.weights.hidn']],
    ['arms.0.weights.hidn', ['arms.0.weights.hidn']],
    ['training.steps', ['training.steps']],
    ['stages.1.training.steps', ['later.0.training.steps']],
    ['arms.0.plan.1.temperature', ['arms.0.later.0.temperature']],
    ['arms.0.objective.', ['arms.0.objective.']],
    ['objective.hidn', ['objective.hidn']],
  ])('%s stands for %j', (path, expected) => {
    expect(upgradePath(path)).toEqual(expected);
  });

  it('are read in changes, one of L_hidn as two', () => {
    const change = { step: 4, path: 'arms.0.objective.hidn', before: 1, value: 2 };
    expect(upgradeChanges([change, { ...change, path: 'training.learningRate' }])).toEqual([
      { ...change, path: 'arms.0.weights.embd' },
      { ...change, path: 'arms.0.weights.hidn' },
      { ...change, path: 'training.learningRate' },
    ]);
  });

  it('leave alone what is no arm of version 1', () => {
    for (const arm of [null, 5, 'arm', [], {}, { objective: null }, { weights: { ce: 1 } }]) {
      expect(upgradeArm(arm)).toEqual(arm);
    }
  });
});
