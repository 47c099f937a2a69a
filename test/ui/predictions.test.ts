import { describe, expect, it } from 'vitest';
import { teacherModel } from '../../src/config/modelIds';
import { axisLimit, barLength, readProbe, shownTokens } from '../../src/ui/panels/predictions/readProbe';
import { placeMask } from '../../src/ui/panels/predictions/sentence';

const attention = { blocks: 0, heads: 0, scores: new Float32Array(), probabilities: new Float32Array() };
const model = (id: string, probabilities: number[]) => ({
  id,
  logits: Float32Array.from(probabilities, Math.log),
  attention,
});

describe('placeMask', () => {
  it('puts the mask at the caret, with the spaces it needs', () => {
    expect(placeMask('I saw yesterday.', 5, 5).sentence).toBe('I saw [MASK] yesterday.');
    expect(placeMask('', 0, 0)).toEqual({ sentence: '[MASK]', caret: 6 });
    expect(placeMask('I saw it', 8, 8).sentence).toBe('I saw it [MASK]');
  });

  it('replaces the selected word', () => {
    expect(placeMask('I saw birds.', 6, 11)).toEqual({ sentence: 'I saw [MASK].', caret: 12 });
  });

  it('moves a mask that is there already', () => {
    expect(placeMask('I saw the [MASK] today.', 6, 9).sentence).toBe('I saw [MASK] today.');
    expect(placeMask('The [MASK] ran.', 6, 6).sentence).toBe('The [MASK] ran.');
  });
});

describe('readProbe', () => {
  const [teacher, arm] = readProbe(
    [model(teacherModel, [0.5, 0.25, 0.25]), model('a', [0.25, 0.5, 0.25])],
    1,
  );

  it('gives entropy, first guess and KL from the teacher', () => {
    expect(teacher.entropy).toBeCloseTo(1.5 * Math.log(2), 6);
    expect([teacher.best, arm.best]).toEqual([0, 1]);
    expect(teacher.klFromTeacher).toBeNull();
    expect(arm.klFromTeacher).toBeCloseTo(0.25 * Math.log(2), 6);
  });

  it('orders by the teacher, and without one keeps the places of tokens while it can', () => {
    expect(shownTokens([arm, teacher], 2, [])).toEqual([0, 1]);
    const early = readProbe([model('a', [0.4, 0.3, 0.15, 0.1, 0.05])], 1);
    const late = readProbe([model('a', [0.1, 0.5, 0.2, 0.18, 0.02])], 1);
    expect(shownTokens(early, 2, [])).toEqual([0, 1]);
    expect(shownTokens(late, 2, [0, 1])).toEqual([0, 1]);
    expect(shownTokens(late, 2, [4, 1])).toEqual([2, 1]);
  });
});

describe('axis', () => {
  it('grows at once and shrinks late', () => {
    expect(axisLimit(0.3, null)).toBe(0.5);
    expect(axisLimit(0.6, 0.5)).toBe(1);
    expect(axisLimit(0.45, 1)).toBe(1);
    expect(axisLimit(0.39, 1)).toBe(0.5);
  });

  it('maps the log axis from 1e-4 to 1', () => {
    expect(barLength(1, 'log', 1)).toBe(1);
    expect(barLength(0.01, 'log', 1)).toBeCloseTo(0.5, 12);
    expect(barLength(1e-9, 'log', 1)).toBe(0);
    expect(barLength(0.25, 'linear', 0.5)).toBe(0.5);
  });
});
