import { expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import { presets } from '../../src/config/presets';
import { bundledTeachers } from '../../src/config/teachers';
import { sourceKey, sourcesFor, withSource } from '../../src/store/taughtBy';

const teacher = bundledTeachers['stories-4x128'];
const { distilbert } = presets;
const [distilled] = distilbert.arms;

it('every choice makes an experiment that can be run, and is what is then chosen', () => {
  const withTwo = withSource(distilbert, teacher, distilled, { kind: 'random' });
  expect(withTwo.others).toEqual([{ kind: 'random' }]);
  for (const experiment of [distilbert, withTwo]) {
    for (const [key, source] of sourcesFor(experiment, distilled)) {
      const changed = withSource(experiment, teacher, { ...distilled, weights: { ce: 1 } }, source);
      const arms = changed.arms.map((arm, i) => (i === 0 ? { ...arm, weights: { ce: 1 } } : arm));
      expect(checkExperiment({ ...changed, arms }, teacher), key).toEqual([]);
      expect(sourceKey(arms[0]), key).toBe(key === 'random' ? 'member 2' : key);
    }
  }
  const back = withSource(withTwo, teacher, withTwo.arms[0], undefined);
  expect(sourceKey(back.arms[0])).toBe('');
});

it('offers the others, all of them, the other students, and one random teacher at most', () => {
  expect([...sourcesFor(distilbert, distilled).keys()]).toEqual(['arm twin', 'random']);
  const others = [{ kind: 'random' as const }];
  const keys = ['member 2', 'probabilities', 'logits', 'arm twin'];
  expect([...sourcesFor({ ...distilbert, others }, distilled).keys()]).toEqual(keys);
});

it('compares with layers that a student has, where that one teaches', () => {
  const { arms } = withSource(distilbert, teacher, distilled, { kind: 'arm', id: 'twin' });
  expect(arms[0].mapping).toEqual([1, 2]);
});
