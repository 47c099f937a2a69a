import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { withSettings } from '../../src/config/compare';
import type { Experiment } from '../../src/config/experiment';
import { createDraft, drafted, type Playground } from '../../src/store/draft';
import { changeArm } from '../../src/store/edits';
import type { PlaygroundState } from '../../src/store/state';
import { changedRows } from '../../src/ui/panels/experiment/changedRows';
import { sampleState } from '../support/sampleState';

type Actions = Pick<ReturnType<Playground['getState']>, 'actions'>;

/** A run that has steps, whose numbers can be moved. */
function running() {
  const start = sampleState();
  const store = createStore<PlaygroundState & Actions>()((set, get) => ({
    ...start,
    status: { ...start.status, step: 40 },
    actions: {
      applyExperiment: () => {},
      play: () => {},
      setNumber: (path, value) => set({ experiment: withSettings(get().experiment, [{ path, value }]) }),
    },
  }));
  const draft = createStore(createDraft(store));
  const now = () => drafted(draft.getState().pending, store.getState()).experiment;
  const [{ id }] = store.getState().experiment.arms;
  const edit = (change: Parameters<typeof changeArm>[2]) =>
    draft.getState().edit((before: Experiment) => changeArm(before, id, change));
  const set = (term: string, weight: number) =>
    draft.getState().setNumber(now().arms[0], `weights.${term}`, weight);
  return { draft, store, now, edit, set, inRun: () => store.getState().experiment };
}

describe('the weight of a loss that the run does not have', () => {
  it('stays in the draft with what makes it fit, and is moved there', () => {
    const { now, edit, set, inRun } = running();
    edit({ weights: { ...now().arms[0].weights, attn: 1 }, choices: { heads: 'mean' } });
    expect(now().arms[0].weights.attn).toBe(1);
    set('attn', 3);
    expect([now().arms[0].weights.attn, inRun().arms[0].weights.attn]).toEqual([3, undefined]);
    expect(changedRows(inRun(), now())).toEqual(['objective']);
    set('attn', 0);
    expect(now().arms[0].weights.attn).toBeUndefined();
  });

  it('waits where its method brings parameters along, which the run lacks', () => {
    const { draft, now, set, inRun } = running();
    set('ctkd', 1);
    expect([now().arms[0].weights.ctkd, inRun().arms[0].weights.ctkd]).toEqual([1, undefined]);
    set('ctkd', 0);
    expect(draft.getState().pending).toBeNull();
  });

  it('waits with its problem where the arm can’t have it', () => {
    const { draft, store, now, set, inRun } = running();
    const [{ id }] = inRun().arms;
    const taughtBy = { kind: 'ensemble', mean: 'probabilities' } as const;
    const weights = { ce: 5 };
    store.setState({
      experiment: changeArm({ ...inRun(), others: [{ kind: 'random' }] }, id, { taughtBy, weights }),
    });
    set('mse', 1);
    expect([now().arms[0].weights.mse, inRun().arms[0].weights.mse]).toEqual([1, undefined]);
    const { problems } = drafted(draft.getState().pending, store.getState());
    expect(problems.map(({ code }) => code)).toEqual(['ensembleHasNoLogits']);
    set('mse', 0);
    expect(draft.getState().pending).toBeNull();
    set('pseudo', 1);
    expect(inRun().arms[0].weights.pseudo).toBe(1);
  });

  it('does not come back where it is taken from the run while other changes wait', () => {
    const { now, edit, set, inRun } = running();
    edit({ positions: 'masked' });
    set('cos', 0);
    expect([now().arms[0].weights.cos, inRun().arms[0].weights.cos]).toEqual([undefined, undefined]);
    expect(now().arms[0].positions).toBe('masked');
  });
});
