import { expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import type { Experiment } from '../../src/config/experiment';
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
      const isNew = source.kind === 'random' || source.kind === 'bundled';
      expect(sourceKey(arms[0]), key).toBe(isNew ? `member ${changed.others!.length + 1}` : key);
    }
  }
  const back = withSource(withTwo, teacher, withTwo.arms[0], undefined);
  expect(sourceKey(back.arms[0])).toBe('');
});

it('offers the others, all of them, the other students, and teachers of the same words that are not there yet', () => {
  const keys = (changes: Partial<Experiment>) => [
    ...sourcesFor({ ...distilbert, ...changes }, distilled).keys(),
  ];
  const [early, assistant] = ['stories-4x128-early', 'stories-3x96'] as const;
  expect(keys({})).toEqual(['arm twin', early, assistant, 'random']);
  const oneMore = ['member 2', 'probabilities', 'logits', 'arm twin'];
  expect(keys({ others: [{ kind: 'random' }] })).toEqual([...oneMore, early, assistant]);
  const full: Experiment['others'] = [{ kind: 'random' }, { kind: 'bundled', id: early }];
  expect(keys({ others: full })).toEqual(['member 2', 'member 3', ...oneMore.slice(1)]);
  expect(keys({ teacher: { kind: 'bundled', id: 'stories-4x32' } })).toEqual(['arm twin', 'random']);
  // As many words as the bundled ones, perhaps, yet not the same.
  expect(keys({ teacher: { kind: 'saved', id: 'mine', name: '' } })).toEqual(['arm twin', 'random']);
});

it('compares with layers that a student has, where that one teaches', () => {
  const { arms } = withSource(distilbert, teacher, distilled, { kind: 'arm', id: 'twin' });
  expect(arms[0].mapping).toEqual([1, 2]);
});
