import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import { changeArm, copyArm } from '../../src/store/edits';
import { changedRows } from '../../src/ui/panels/experiment/changedRows';

const { distilbert } = presets;
const [distilled, twin] = distilbert.arms;

describe('changedRows', () => {
  it('names the lines that a draft changes, in the order of the panel', () => {
    const text = { kind: 'own', id: '0123456789abcdef', name: 'Mine' } as const;
    const training = { ...distilbert.training, steps: 7 };
    expect(changedRows(distilbert, { ...distilbert, training, text })).toEqual(['text', 'training']);
    expect(changedRows(distilbert, distilbert)).toEqual([]);
  });

  it('tells the arms apart', () => {
    const draft = changeArm(distilbert, twin.id, {
      mapping: [1, 2],
      positions: 'masked',
      student: { ...twin.student, heads: 2 },
    });
    expect(changedRows(distilbert, draft)).toEqual(['student', 'objective', 'mapping']);
    expect(changedRows(distilbert, draft, twin.id)).toEqual(['student', 'objective', 'mapping']);
    expect(changedRows(distilbert, draft, distilled.id)).toEqual([]);
  });

  it('counts a new arm as one change, whatever it is like', () => {
    const { experiment } = copyArm(distilbert, distilled, { mapping: [1, 2] });
    expect(changedRows(distilbert, experiment)).toEqual(['arms']);
  });

  it('leaves numbers that act at once alone', () => {
    expect(changedRows(distilbert, changeArm(distilbert, distilled.id, { temperature: 9 }))).toEqual([]);
  });
});
