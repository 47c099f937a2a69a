import { describe, expect, it } from 'vitest';
import { type StoredState, sumState } from '../../src/storage/armState';
import { parseReached, parseStates } from '../../src/storage/keptSchema';
import { problemFrom, storedStates } from './asStored';
import { armState, sampleRun } from './sampleRun';

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
