/** A record in the list of methods is all that a method needs: everything but its words follows. */
import { describe, expect, it, vi } from 'vitest';
import { listing } from '../../src/cli/list';
import { parseOptions } from '../../src/cli/options';
import { english } from '../../src/cli/words';
import { checkExperiment } from '../../src/config/check';
import { difference, isLive, liveBoundAt, numberAt } from '../../src/config/compare';
import { armSchema, type Experiment, experimentSchema } from '../../src/config/experiment';
import { learnsFromTeacher, methodsOf } from '../../src/config/objective';
import { presets } from '../../src/config/presets';
import { bundledTeachers } from '../../src/config/teachers';
import { upgrade, written } from '../../src/config/upgrade';
import { decodeExperiment } from '../../src/config/urlCodec';
import { encodeExperiment } from '../../src/config/urlWriting';
import { methods as words } from '../../src/i18n/en/methods';
import type { MethodWords } from '../../src/i18n/methodWords';
import {
  choiceIds,
  dialIds,
  methodIds,
  readingIds,
  scheduleIds,
  type TermId,
  termIds,
} from '../../src/methods/registry';
import { fitOf, startingWeight } from '../../src/ui/panels/experiment/addable';
import { presentQuantities } from '../../src/ui/panels/losses/lossCurves';
import { experimentOf, shape } from '../train/tinyExperiment';
import { describePlanted, plantedArm } from './describePlanted';

vi.mock('../../src/methods/all', async (original) => {
  const { methods } = await original<typeof import('../../src/methods/all')>();
  const { planted } = await import('./planted');
  return { methods: { ...methods, planted } };
});

const experiment = (changes: object = {}): Experiment => experimentOf([{ ...plantedArm, ...changes }]);

describe('a method that is planted', () => {
  it('is registered with all its parts', () => {
    expect(methodIds).toContain('planted');
    expect(termIds).toContain('planted');
    expect(dialIds).toContain('plantedPull');
    expect(choiceIds).toContain('plantedWay');
    expect(scheduleIds).toContain('plantedRise');
    expect(readingIds).toContain('plantedScale');
    expect(methodsOf(plantedArm)).toContain('planted');
    expect(learnsFromTeacher(plantedArm)).toBe(true);
  });

  it('is valid within its bounds, and refused out of them', () => {
    expect(experimentSchema.parse(experiment())).toEqual(experiment());
    const isValid = (changes: object) => armSchema.safeParse({ ...plantedArm, ...changes }).success;
    expect(isValid({ dials: { plantedPull: 4 } })).toBe(true);
    expect(isValid({ dials: { plantedPull: 4.1 } })).toBe(false);
    expect(isValid({ dials: { plantedPush: 1 } })).toBe(false);
    expect(isValid({ choices: { plantedWay: 'absolute' } })).toBe(true);
    expect(isValid({ choices: { plantedWay: 'sideways' } })).toBe(false);
    expect(isValid({ weights: { planted: -1 } })).toBe(false);
    // What says no more than its absence is left out.
    expect(armSchema.parse({ ...plantedArm, dials: { plantedPull: 1 } }).dials).toEqual({});
    expect(upgrade(JSON.parse(JSON.stringify(written(experiment()))))).toEqual(experiment());
  });

  it('is listed on the command line, and set there', async () => {
    const { methods } = listing(await english());
    const terms = [
      { id: 'planted', symbol: 'L_π', unit: 'pure number' },
      { id: 'mlm', symbol: 'L_mlm', unit: 'nats' },
    ];
    expect(methods).toContainEqual(
      expect.objectContaining({
        name: 'planted',
        paper: 'Nobody (2000). A planted method. arXiv:0000.00000',
        terms,
      }),
    );
    const settings = ['arms.0.weights.planted=2', 'arms.0.dials.plantedPull=3', 'arms.0.weights.ce=0'];
    const set = settings.flatMap((setting) => ['--set', setting]);
    const options = parseOptions(['--preset', 'tiny', ...set]);
    if (typeof options === 'string' || 'list' in options) return expect.unreachable();
    const { weights, dials } = options.experiment.arms[0];
    expect(weights).toEqual({ mlm: 2, cos: 1, planted: 2 });
    expect(dials).toEqual({ plantedPull: 3 });
  });

  it('is offered in the editor where it fits, and says why where it does not', () => {
    const [arm] = presets.distilbert.arms;
    const teacher = bundledTeachers['stories-4x128'];
    const term = 'planted' as TermId;
    expect(fitOf(term, arm, teacher)).toEqual({ kind: 'fits' });
    const narrow = { ...arm, student: { ...arm.student, hiddenSize: 64 } };
    expect(fitOf(term, narrow, teacher)).toMatchObject({
      kind: 'misfit',
      misfit: { code: 'termNeedsEqualWidth' },
    });
    expect(startingWeight(term)).toBeGreaterThan(0);
    const taught = { ...experiment(), teacher: presets.tiny.teacher };
    expect(presentQuantities(taught, [])).toContain('planted');
  });

  it('goes through links, by paths that can be read', () => {
    const { tiny } = presets;
    const [first, ...others] = tiny.arms;
    const changed = {
      weights: { ...first.weights, planted: 2 },
      dials: { plantedPull: 3 },
      choices: { plantedWay: 'absolute' },
    };
    const sent: Experiment = { ...tiny, arms: [{ ...first, ...(changed as object) }, ...others] };
    const params = encodeExperiment(sent, 'tiny');
    expect(Object.fromEntries(params)).toEqual({
      preset: 'tiny',
      'arms.0.weights.planted': '2',
      'arms.0.dials.plantedPull': '3',
      'arms.0.choices.plantedWay': 'absolute',
    });
    expect(decodeExperiment(new URLSearchParams(params.toString()))).toEqual({
      experiment: sent,
      preset: 'tiny',
      problems: [],
    });
    const { problems } = decodeExperiment(new URLSearchParams('preset=tiny&arms.0.dials.plantedPull=9'));
    expect(problems).toHaveLength(1);
  });

  it('is checked against the pair of models', () => {
    expect(checkExperiment(experiment(), shape)).toEqual([]);
    const narrow = { student: { ...plantedArm.student, hiddenSize: 4 }, initialisation: { kind: 'random' } };
    expect(checkExperiment(experiment(narrow), shape)).toEqual([
      {
        code: 'termNeedsEqualWidth',
        values: { arm: 'planted', what: 'L_π', hiddenSize: 4, teacherHiddenSize: shape.hiddenSize },
      },
    ]);
    const withoutTeacher = checkExperiment(experiment(narrow), null);
    expect(withoutTeacher).toEqual([
      { code: 'lossWithoutTeacher', values: { arm: 'planted', terms: 'L_π' } },
    ]);
  });

  it('has a dial that acts at once, and a choice that makes another run', () => {
    expect(liveBoundAt('arms.0.dials.plantedPull')).toMatchObject({ min: 0, max: 4 });
    expect(isLive('arms.0.choices.plantedWay')).toBe(false);
    expect(numberAt(experiment(), 'arms.0.dials.plantedPull')).toBe(1.5);
    expect(difference(experiment(), experiment({ dials: {} }))).toBe('numbers');
    expect(difference(experiment(), experiment({ choices: { plantedWay: 'absolute' } }))).toBe('structure');
    // Its parameter comes with it: there is no way to add the term to a run that goes on.
    expect(difference(experiment({ weights: { mlm: 1 } }), experiment())).toBe('structure');
  });

  it('does not compile without words', () => {
    // @ts-expect-error the words of a term that is new are missing
    const ofTerms: Record<TermId | 'planted', string> = words.term;
    // @ts-expect-error and those of its method
    const ofMethods: Record<keyof MethodWords['method'] | 'planted', object> = words.method;
    expect([ofTerms, ofMethods].every((known) => !('planted' in known))).toBe(true);
  });
});

describePlanted('cpu');
describePlanted('wasm');
