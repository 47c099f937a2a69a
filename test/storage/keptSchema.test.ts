import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { RunHistory } from '../../src/config/results';
import { written } from '../../src/config/upgrade';
import type { historySchema } from '../../src/storage/keptHistory';
import { parseReached, parseRecord, recordVersion } from '../../src/storage/keptSchema';
import { armOfVersion1, experimentOfVersion1 } from '../support/version1';
import { problemFrom, stored } from './asStored';
import { sampleRun } from './sampleRun';

const recordWith = (changes: object) => ({ ...stored(sampleRun()), ...changes });
const refusal = (record: unknown) => problemFrom(() => parseRecord('tab-1', record));

it('reads the history that pages write, field for field', () => {
  expectTypeOf<z.output<ReturnType<typeof historySchema>>>().toEqualTypeOf<RunHistory>();
});

describe('a record', () => {
  it('is read as it was written', () => {
    expect(parseRecord('tab-1', stored(sampleRun()))).toEqual(sampleRun().record);
  });

  it('of the first form has no version, no id, no changes of live numbers, and may lack newer losses', () => {
    const { id: _, history, experiment, ...record } = sampleRun().record;
    const { changes: __, ...older } = history;
    const arms = experiment.arms.map((arm) => {
      const {
        objective: { attn, hidn, ...objective },
        ...others
      } = armOfVersion1(arm);
      expect([attn, hidn]).toEqual([0, 0]);
      return { ...others, objective };
    });
    const { tuning: ___, ...first } = { ...record, history: older, experiment: { ...experiment, arms } };
    expect(parseRecord('tab-1', first)).toEqual({
      ...sampleRun().record,
      history: { ...history, changes: [] },
    });
  });

  it('of the second form has an experiment of version 1, and changes by its paths', () => {
    const run = sampleRun();
    run.record.experiment.arms[0].weights = { ...run.record.experiment.arms[0].weights, embd: 1, hidn: 1 };
    const { record } = run;
    const { changes } = record.history;
    const change = { step: 60, path: 'arms.0.objective.hidn', before: 2, value: 1 };
    const second = structuredClone({
      ...record,
      experiment: experimentOfVersion1(record.experiment),
      history: {
        ...record.history,
        changes: [...changes, change, { ...change, path: 'arms.1.objective.mlm' }],
      },
      version: 2,
      bytes: 1,
    });
    const asFound = structuredClone(second);
    expect(parseRecord('tab-1', second)).toEqual({
      ...record,
      history: {
        ...record.history,
        changes: [
          ...changes,
          { ...change, path: 'arms.0.weights.embd' },
          { ...change, path: 'arms.0.weights.hidn' },
          { ...change, path: 'arms.1.weights.mlm' },
        ],
      },
    });
    // What was read is left as it is.
    expect(second).toEqual(asFound);
    const reached = { birth: 'run-1', step: 130, changes: [{ ...change, step: 125 }] };
    expect(parseReached(record, reached)?.changes.map(({ path }) => path)).toEqual([
      'arms.0.weights.embd',
      'arms.0.weights.hidn',
    ]);
  });

  it('holds what was learned beside the losses, such as a temperature, and every method’s plan', () => {
    const run = sampleRun();
    const [arm] = run.record.experiment.arms;
    Object.assign(arm, {
      weights: { ctkd: 0.9, mlm: 0.1 },
      dials: { lowestT: 2 },
      choices: { softForm: 'crossEntropy' },
      lists: { lambda: [1, 0, 2] },
      teacherTemperature: 3,
    });
    for (const { arms } of run.record.history.steps) {
      arms.distilled = {
        ...arms.distilled,
        terms: { ctkd: 1, mlm: 3 },
        readings: { learnedT: 4.5, reversal: -0.5 },
      };
    }
    expect(parseRecord('tab-1', stored(run))).toEqual(run.record);
    expect(parseRecord('tab-1', JSON.parse(JSON.stringify(stored(run))))).toEqual(run.record);
    run.record.history.steps[1].arms.distilled.readings = { learnedT: Number.NaN };
    expect(refusal(stored(run))?.values?.part).toBe('history.steps.1.arms.distilled.readings.learnedT');
    run.record.history.steps[1].arms.distilled.readings = { learned: 1 } as never;
    expect(refusal(stored(run))?.values?.part).toBe('history.steps.1.arms.distilled.readings.learned');
  });

  it('holds figures of as many other teachers as there are, or of none, as older ones do', () => {
    const run = sampleRun();
    const { experiment, history } = run.record;
    experiment.others = [{ kind: 'random' }];
    expect(parseRecord('tab-1', stored(run))).toEqual(run.record);
    const figures = { loss: 7, accuracy: 0.01, agreement: 0.02, klToTeacher: 4, klError: 0.1 };
    for (const point of history.evaluations) point.others = [figures];
    expect(parseRecord('tab-1', stored(run))).toEqual(run.record);
    history.evaluations[0].others = [figures, figures];
    expect(refusal(stored(run))?.values?.part).toBe('history.evaluations.0.others');
  });

  it('of an experiment that this version can’t hold is said to be of a later one', () => {
    const { experiment, ...record } = stored(sampleRun());
    expect(refusal({ ...record, experiment: { ...experiment, version: 3 } })?.code).toBe('keptNewer');
    const stages = [experiment.stages[0], experiment.stages[0]];
    expect(refusal({ ...record, experiment: { ...experiment, stages } })).toEqual({
      code: 'keptBroken',
      values: { part: 'experiment.arms.0.plan' },
    });
    const arms = [{ ...experiment.arms[0], plan: [] }];
    expect(refusal({ ...record, experiment: { ...experiment, arms } })).toEqual({
      code: 'keptBroken',
      values: { part: 'experiment.arms.0.plan' },
    });
  });

  it('of a later version is said to be one', () => {
    expect(refusal(recordWith({ version: recordVersion + 1, history: 'another form' }))).toEqual({
      code: 'keptNewer',
      values: undefined,
    });
  });

  it.each([
    ['step', 1e15],
    ['step', 'abc'],
    ['step', Number.NaN],
    ['step', 2.5],
    ['step', -3],
    ['history', {}],
    ['history', null],
    ['sentence', {}],
    ['savedAt', Number.POSITIVE_INFINITY],
    ['savedAt', '2099'],
    ['experiment', {}],
    ['fingerprint', 7],
    ['tuning', new Date(0)],
    ['version', 0],
    ['id', 'tab-2'],
    ['more', 1],
  ])('with %s = %j is refused there', (part, value) => {
    const { code, values } = refusal(recordWith({ [part]: value }))!;
    expect(code).toBe('keptBroken');
    expect(String(values?.part).split('.')[0]).toBe(part);
  });

  it('with a tuning that holds more than one does is refused', () => {
    const wide = new Array(100_000).fill(0);
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { deep };
    const round: { round?: unknown } = {};
    round.round = round;
    for (const tuning of [wide, deep, round]) {
      expect(refusal(recordWith({ tuning }))?.values?.part).toBe('tuning');
    }
  });

  it('of a step after the last is refused', () => {
    expect(refusal(recordWith({ step: 501 }))).toEqual({ code: 'keptBroken', values: { part: 'step' } });
  });

  type History = RunHistory;
  it.each<[string, string, (history: History) => void]>([
    [
      'a loss that is no number',
      'history.steps.3.arms.twin.total',
      (h) => (h.steps[3].arms.twin.total = NaN),
    ],
    [
      'an unknown loss',
      'history.steps.0.arms.twin.terms.kd',
      (h) => Object.assign(h.steps[0].arms.twin.terms, { kd: 1 }),
    ],
    ['an arm too many', 'history.steps.0.arms.third', (h) => (h.steps[0].arms.third = h.steps[0].arms.twin)],
    ['an arm too few', 'history.steps.0.arms.twin', (h) => delete h.steps[0].arms.twin],
    ['a point after the record', 'history.pending.0.step', (h) => (h.pending[0].step = 122)],
    ['points out of order', 'history.steps', (h) => h.steps.reverse()],
    ['more pending than an entry takes', 'history.pending', (h) => (h.stepsPerEntry = 1)],
    [
      'an accuracy above 1',
      'history.evaluations.0.arms.twin.accuracy',
      (h) => (h.evaluations[0].arms.twin.accuracy = 1.5),
    ],
    [
      'no KL where there is a teacher',
      'history.evaluations.0.arms.twin.klToTeacher',
      (h) => (h.evaluations[0].arms.twin.klToTeacher = null),
    ],
    ['junk for an evaluation', 'history.evaluations.1', (h) => (h.evaluations[1] = 'junk' as never)],
    [
      'attention of too few heads',
      'history.evaluations.0.arms.distilled.attention.scores.0',
      (h) => h.evaluations[0].arms.distilled.attention!.scores[0].pop(),
    ],
    ['one evaluation twice', 'history.evaluations', (h) => h.evaluations.push(h.evaluations[2])],
    [
      'a change of what is no live number',
      'history.changes.0',
      (h) => (h.changes[0].path = 'training.batchSize'),
    ],
    ['a change beyond the bounds', 'history.changes.0', (h) => (h.changes[0].value = 17)],
    [
      'a change of an arm that is not there',
      'history.changes.0',
      (h) => (h.changes[0].path = 'arms.2.temperature'),
    ],
    [
      'a change through the prototype',
      'history.changes.0',
      (h) => (h.changes[0].path = 'arms.0.weights.constructor'),
    ],
  ])('with %s is refused at %s', (_, part, edit) => {
    const run = sampleRun();
    edit(run.record.history);
    expect(refusal(stored(run))).toEqual({ code: 'keptBroken', values: { part } });
  });

  it('of two arms with one name is refused', () => {
    const run = sampleRun();
    run.record.experiment.arms[1].id = 'distilled';
    expect(refusal(stored(run))?.values?.part).toBe('experiment.arms');
  });

  it('of a million points is refused without looking at them', () => {
    const run = sampleRun();
    const { history } = run.record;
    for (const list of ['steps', 'pending', 'evaluations', 'changes'] as const) {
      const long = { ...history, [list]: new Array(1_000_000).fill(history[list][0]) };
      const start = performance.now();
      expect(refusal(recordWith({ history: long }))?.values?.part).toBe(`history.${list}`);
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });

  it('has figures of a withheld word where one is, of every arm, and nowhere else', () => {
    const figure = { accuracy: 0.5, logProbability: -1 };
    const withheld = { places: 4, heldOut: 1, teacher: figure, arms: { distilled: figure, twin: figure } };
    const kept = (without: string | undefined, found: object) => {
      const { experiment, history } = sampleRun().record;
      const [first, ...later] = history.evaluations;
      const evaluations = [{ ...first, withheld: found }, ...later];
      const text = { kind: 'bundled', id: 'stories', without } as const;
      return recordWith({
        experiment: written({ ...experiment, text }),
        history: { ...history, evaluations } as never,
      });
    };
    expect(refusal(kept('day', withheld))).toBeNull();
    const part = 'history.evaluations.0.withheld';
    expect(refusal(kept(undefined, withheld))?.values?.part).toBe(part);
    const { twin: _, ...arms } = withheld.arms;
    expect(refusal(kept('day', { ...withheld, arms }))?.values?.part).toBe(`${part}.arms.twin`);
    const certain = { ...withheld, teacher: { ...figure, logProbability: 0.1 } };
    expect(refusal(kept('day', certain))?.values?.part).toBe(`${part}.teacher.logProbability`);
  });

  it('as long as a page can write is read in a moment', () => {
    const run = sampleRun();
    const { history, experiment } = run.record;
    experiment.training.steps = 100_000;
    const [entry] = history.steps;
    const [evaluation] = history.evaluations;
    Object.assign(run.record, { step: 100_000 });
    Object.assign(history, {
      stepsPerEntry: 64,
      pending: [],
      steps: Array.from({ length: 1562 }, (_, i) => ({ ...entry, step: 64 * (i + 1) })),
      evaluations: Array.from({ length: 2000 }, (_, i) => ({ ...evaluation, step: 50 * i })),
      changes: Array.from({ length: 10_000 }, (_, i) => ({ ...history.changes[0], step: 5 * i })),
    });
    const start = performance.now();
    parseRecord('tab-1', stored(run));
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
