import { expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import type { Experiment } from '../../src/config/experiment';
import { presetAt } from '../../src/config/presets';
import { bundledTeachers } from '../../src/config/teachers';
import { changeArm } from '../../src/store/edits';
import {
  sourceKey,
  sourcesFor,
  unusedTeachers,
  withoutArm,
  withoutUnused,
  withSource,
  withStudent,
} from '../../src/store/taughtBy';

const teacher = bundledTeachers['stories-4x128'];
// On the stories, whose teacher has others of the same words.
const { experiment: distilbert } = presetAt('distilbert')!;
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

const pupil = { kind: 'arm' as const, id: 'twin' };
const taughtByTwin = withSource(distilbert, teacher, distilled, pupil);

it('gives layers back as they were, and leaves no trace of a source that was only tried', () => {
  expect(withSource(taughtByTwin, teacher, taughtByTwin.arms[0], undefined)).toEqual(distilbert);
  const top = changeArm(distilbert, 'distilled', { mapping: [3, 4] });
  const tried = withSource(top, teacher, top.arms[0], pupil);
  expect(withSource(tried, teacher, tried.arms[0], undefined, [3, 4])).toEqual(top);
  const random = withSource(top, teacher, top.arms[0], { kind: 'random' });
  expect(withSource(random, teacher, random.arms[0], undefined)).toEqual(top);
});

it('tells which teachers nobody learns from, and closes the others up', () => {
  const others: Experiment['others'] = [{ kind: 'bundled', id: 'stories-4x128' }, { kind: 'random' }];
  const both = { ...distilbert, others };
  const second = withSource(both, teacher, distilled, { kind: 'member', index: 3 });
  expect(unusedTeachers(second)).toEqual([2]);
  const closed = withoutUnused(second);
  expect(closed.others).toEqual([{ kind: 'random' }]);
  expect(closed.arms[0].taughtBy).toEqual({ kind: 'member', index: 2 });
  expect(checkExperiment(closed, teacher)).toEqual([]);
  const all = withSource(both, teacher, distilled, { kind: 'ensemble', mean: 'logits' });
  expect(unusedTeachers(all)).toEqual([]);
});

it('hands the pupils of a student that is taken away to the teacher', () => {
  expect(checkExperiment(taughtByTwin, teacher)).toEqual([]);
  const left = withoutArm(taughtByTwin, teacher, 'twin');
  expect(left.arms).toEqual([distilled]);
  expect(checkExperiment(left, teacher)).toEqual([]);
});

it('lists that hold a number for each of the source’s heads start anew, others stay', () => {
  const peer = { ...distilbert.arms[1], student: { ...distilled.student, heads: 2 } };
  const lists = { headPairs: [4, 3, 2, 1], lambda: [0, 1, 2] };
  const experiment = { ...distilbert, arms: [{ ...distilled, lists }, peer] };
  const { arms } = withSource(experiment, teacher, experiment.arms[0], pupil);
  expect(arms[0].lists).toEqual({ lambda: [0, 1, 2] });
});

it('a student in another shape keeps what compares with it within its layers', () => {
  const [, twin] = taughtByTwin.arms;
  const deeper = withStudent(taughtByTwin, teacher, twin, { layers: 4 });
  expect(deeper.arms.map(({ mapping }) => mapping)).toEqual([
    [2, 4],
    [1, 2, 3, 4],
  ]);
  const flat = withStudent(taughtByTwin, teacher, twin, { layers: 1 });
  expect(flat.arms[0].mapping).toEqual([1, 1]);
  // One who learns from another student copies the teacher's layers, and is compared with the other's.
  const own = withStudent(taughtByTwin, teacher, taughtByTwin.arms[0], { layers: 3 }).arms[0];
  expect(own).toMatchObject({ mapping: [1, 1, 2], initialisation: { kind: 'copy', blocks: [1, 3, 4] } });
  expect(withStudent(distilbert, teacher, distilled, { hiddenSize: 64 })).toEqual(
    changeArm(distilbert, 'distilled', { student: { ...distilled.student, hiddenSize: 64 } }),
  );
});
