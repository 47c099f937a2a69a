import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { RunHistory } from '../../src/config/results';
import { type StoredState, sumState } from '../../src/storage/armState';
import type { historySchema } from '../../src/storage/keptHistory';
import { parseReached, parseRecord, parseStates, recordVersion } from '../../src/storage/keptSchema';
import { armOfVersion1, experimentOfVersion1 } from '../support/version1';
import { problemFrom, stored, storedStates } from './asStored';
import { armState, sampleRun } from './sampleRun';

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
    expect(refusal({ ...record, experiment: { ...experiment, stages } })?.code).toBe('keptNewer');
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

describe('the states of arms', () => {
  const { record } = sampleRun();
  const refused = (edit: (states: Map<string, StoredState>) => void) => {
    const states = storedStates(sampleRun());
    edit(states);
    return problemFrom(() => parseStates(record, states))?.values?.part ?? null;
  };
  /** Changed, and summed up anew, as who forges a file can. */
  const forged = (edit: (state: ReturnType<typeof armState>) => void) =>
    refused((states) => {
      const state = armState();
      edit(state);
      states.set('twin', { ...state, step: 121, checksum: sumState(state, 121).checksum });
    });
  const bias = 'cls.predictions.bias';

  it('are read as they were written, and none are needed at step 0', () => {
    expect(parseStates(record, storedStates(sampleRun()))).toEqual(sampleRun().arms);
    expect(parseStates({ ...record, step: 0 }, new Map())).toEqual({});
    expect(refused((states) => states.clear())).toBe('arms');
  });

  it('are refused where one bit is another', () => {
    for (const kind of [
      (state: StoredState) => state.parameters,
      (state: StoredState) => state.moments.first,
      (state: StoredState) => state.moments.second,
    ]) {
      const part = refused((states) => {
        new Uint32Array(kind(states.get('twin')!)[bias].buffer)[0] ^= 1;
      });
      expect(part).toBe('arms.twin');
    }
  });

  it('are refused where two signs changed, which weaker sums miss', () => {
    const part = refused((states) => {
      const values = states.get('twin')!.parameters['bert.embeddings.word_embeddings.weight'];
      values[0] *= -1;
      values[1] *= -1;
    });
    expect(part).toBe('arms.twin');
  });

  it('are refused where they belong to another step or arm', () => {
    expect(refused((states) => (states.get('twin')!.step = 120))).toBe('arms.twin');
    expect(refused((states) => states.delete('twin'))).toBe('arms');
    expect(refused((states) => states.set('third', states.get('twin')!))).toBe('arms');
    expect(
      problemFrom(() => parseStates({ ...record, step: 120 }, storedStates(sampleRun()))),
    ).not.toBeNull();
  });

  it('are refused where tensors are missing, too short or no numbers, whatever the sum says', () => {
    const short = new Float32Array(2);
    expect(forged(() => {})).toBeNull();
    expect(forged((s) => delete s.parameters[bias])).toBe('arms.twin.moments.first');
    expect(forged((s) => (s.parameters[bias] = short))).toBe(`arms.twin.moments.first.${bias}`);
    expect(forged((s) => (s.moments.second[bias] = short))).toBe(`arms.twin.moments.second.${bias}`);
    expect(forged((s) => (s.parameters[bias][1] = Number.NaN))).toBe('arms.twin');
    expect(forged((s) => (s.moments.first[bias][1] = Number.NEGATIVE_INFINITY))).toBe('arms.twin');
    expect(forged((s) => (s.moments.second[bias][1] = -1e-40))).toBe('arms.twin');
    expect(forged((s) => (s.moments.second[bias][1] = -0))).toBeNull();
    expect(refused((states) => (states.get('twin')!.parameters[bias] = [1, 2, 3] as never))).toBe(
      `arms.twin.parameters.${bias}`,
    );
  });
});

describe('how far a run has come', () => {
  const { record, reached } = sampleRun();
  it('is read, and ignored where it can’t be', () => {
    expect(parseReached(record, reached)).toEqual(reached);
    expect(parseReached(record, undefined)).toBeNull();
    for (const step of [120, 501, Number.NaN, 122.5, 'abc']) {
      expect(parseReached(record, { ...reached, step })).toBeNull();
    }
    // Another run may have begun under the same name.
    expect(parseReached(record, { ...reached, birth: 'run-2' })).toBeNull();
    const [change] = reached!.changes;
    for (const edit of [{ step: 131 }, { step: -1 }, { value: -1 }, { path: 'training.seed' }]) {
      expect(parseReached(record, { ...reached, changes: [{ ...change, ...edit }] })).toBeNull();
    }
  });
});
