/** Links that were cut, retyped or made up: whatever comes, an experiment that can be shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../src/config/experiment';
import { presetNames } from '../../src/config/presets';
import { decodeExperiment } from '../../src/config/urlCodec';
import { encodeExperiment } from '../../src/config/urlWriting';
import { anyCourse, anyExperiment } from './anyExperiment';

const decode = (query: string) => decodeExperiment(new URLSearchParams(query));

describe('a damaged link', () => {
  it('never throws and always gives a valid experiment', () => {
    const path = fc.oneof(
      fc.constantFrom(
        ...[
          'training.steps',
          'training.learningRate',
          'text',
          'text.kind',
          'text.id',
          'text.name',
          'arms.length',
        ],
        ...[
          'teacher.kind',
          'teacher.id',
          'arms',
          'arms.0',
          'arms.0.id',
          'arms.1.student.tokenTypes',
          'arms.1.',
        ],
        ...[
          'arms.0.initialisation.kind',
          'arms.0.initialisation.blocks',
          'arms.0.mapping',
          'arms.0.mapping.0',
        ],
        ...[
          'arms.0.weights.ce',
          'arms.1.weights.ctkd',
          'arms.0.weights',
          'arms.0.weights.__proto__',
          'arms.0.dials.beta',
          'arms.0.dials.constructor',
          'arms.0.choices.softForm',
          'arms.0.lists.lambda',
          'arms.0.lists.lambda.0',
          'arms.0.teacherTemperature',
          'arms.0.objective.hidn',
          'arms.0.plan.0.softTargets',
          'stages.0.training.seed',
          'stages',
          'later',
          'later.0.tuning.steps',
          'later.1.text.kind',
          'tuning',
          'tuning.steps',
          'augmentation',
          'augmentation.tries',
          'version',
          'preset',
        ],
      ),
      fc.string(),
    );
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'own',
        'task',
        'topics',
        'rows',
        'none',
        'a,b,c',
        '3',
        'random',
        'copy',
        '[',
        '[{}]',
        '[{"__proto__":1}]',
        '1',
        '-1',
        '1e9',
        'true',
      ),
      fc.json(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(path, value), { maxLength: 8 }), (entries) => {
        const { experiment } = decodeExperiment(new URLSearchParams(entries));
        expect(experimentSchema.safeParse(experiment).error).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('survives damage to any link, anywhere', () => {
    const link = fc
      .tuple(fc.oneof(anyExperiment, anyCourse), fc.constantFrom(...presetNames))
      .map(([experiment, preset]) => encodeExperiment(experiment, preset).toString());
    const patch = fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom('%', '%ff', '&', '=', '.', '__proto__', 'constructor', '-', '1e999', 'NaN', '[', '{'),
    );
    const cut = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), patch });
    fc.assert(
      fc.property(link, fc.array(cut, { minLength: 1, maxLength: 4 }), (link, cuts) => {
        let query = link;
        for (const { at, length, patch } of cuts) {
          const start = at % (query.length + 1);
          query = query.slice(0, start) + patch + query.slice(start + length);
        }
        const { experiment, problems } = decode(query);
        expect(experimentSchema.safeParse(experiment).error).toBeUndefined();
        // What came out is what a link to it says.
        expect(decode(encodeExperiment(experiment, 'tiny').toString())).toEqual({
          experiment,
          preset: 'tiny',
          problems: [],
        });
        expect(
          problems.every(({ values }) => Object.values(values ?? {}).every((v) => String(v).length <= 200)),
        ).toBe(true);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('survives damage to a list of arms', () => {
    const damaged = fc
      .tuple(anyExperiment, fc.nat(), fc.string({ maxLength: 3 }))
      .map(([{ arms }, at, patch]) => {
        const json = JSON.stringify(arms);
        const index = at % json.length;
        return json.slice(0, index) + patch + json.slice(index + 1);
      });
    fc.assert(
      fc.property(damaged, (arms) => {
        const { experiment } = decodeExperiment(new URLSearchParams({ arms }));
        expect(experimentSchema.safeParse(experiment).error).toBeUndefined();
      }),
    );
  });
});
