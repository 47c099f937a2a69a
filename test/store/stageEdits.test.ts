import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { plansOf, stageAt, stageCount, stagesOf } from '../../src/config/stages';
import { bundledTaskIds, usualTuning } from '../../src/config/tasks';
import { bundledTeachers } from '../../src/config/teachers';
import { changeArm, withTeacher } from '../../src/store/edits';
import { inEveryStage, inStage, withStages } from '../../src/store/stageEdits';
import { withStageAdded, withText } from '../../src/store/stageTexts';
import { withoutArm, withSource, withStudent } from '../../src/store/taughtBy';
import { anyCourse } from '../config/anyExperiment';

const { distilbert } = presets;
const teacher = bundledTeachers['stories-4x128'];
const feelings = { kind: 'task', id: 'feelings' } as const;
/** The default preset, then two stages on a task. */
const course = withStageAdded(withStageAdded(distilbert, feelings, teacher), feelings, teacher);
const [distilled, twin] = distilbert.arms;

describe('an edit of a stage', () => {
  it('that changes nothing leaves an experiment of any stages as it is', () => {
    fc.assert(
      fc.property(anyCourse, fc.nat(7), (experiment, stage) => {
        expect(inEveryStage(experiment, (own) => own)).toEqual(experiment);
        expect(inStage(experiment, stage % stageCount(experiment), (own) => own)).toEqual(experiment);
      }),
    );
  });

  it('leaves the plans and the training of the others alone', () => {
    const changed = inStage(course, 1, (own) => ({
      ...changeArm(own, distilled.id, { weights: { attn: 1 } }),
      training: { ...own.training, steps: 7 },
    }));
    expect(stagesOf(changed).map(({ training }) => training.steps)).toEqual([
      distilbert.training.steps,
      7,
      distilbert.training.steps,
    ]);
    expect(plansOf(changed.arms[0]).map(({ weights }) => weights)).toEqual([
      distilled.weights,
      { attn: 1 },
      distilled.weights,
    ]);
    expect(plansOf(changed.arms[1])).toEqual(plansOf(course.arms[1]));
  });

  it('changes for all stages what they share, and fits it in each', () => {
    const resized = inEveryStage(course, (own) => withStudent(own, teacher, own.arms[0], { layers: 4 }));
    expect(plansOf(resized.arms[0]).map(({ mapping }) => mapping.length)).toEqual([4, 4, 4]);
    expect(checkExperiment(resized, teacher)).toEqual([]);
    const smaller = bundledTeachers['stories-4x32'];
    const taught = withTeacher(course, { kind: 'bundled', id: 'stories-4x32' }, smaller);
    expect(stageCount(taught)).toBe(3);
    expect(checkExperiment(taught, smaller)).toEqual([]);
  });

  it('keeps the students of stages in which nobody learns from a teacher', () => {
    const labels = { ...distilbert, arms: [twin] };
    const twice = withStageAdded(labels, feelings, teacher);
    const under = withTeacher(twice, { kind: 'bundled', id: 'stories-4x128' }, teacher);
    expect(under.arms.map(({ id }) => id)).toEqual([twin.id]);
  });

  it('that takes an arm away has whoever learned from it learn from the teacher, in the stage where it did', () => {
    const taught = inStage(course, 1, (own) =>
      withSource(own, teacher, own.arms[0], { kind: 'arm', id: twin.id }),
    );
    expect(plansOf(taught.arms[0]).map(({ taughtBy }) => taughtBy?.kind)).toEqual([
      undefined,
      'arm',
      undefined,
    ]);
    const left = inEveryStage(taught, (own) => withoutArm(own, teacher, twin.id));
    expect(left.arms).toHaveLength(1);
    expect(checkExperiment(left, teacher)).toEqual([]);
  });
});

describe('teachers beside the first', () => {
  const texts = withStageAdded(distilbert, distilbert.text, teacher);
  const early = { kind: 'bundled', id: 'stories-4x128-early' } as const;
  const both = inStage(texts, 1, (own) =>
    withSource(withSource(own, teacher, own.arms[0], { kind: 'random' }), teacher, own.arms[0], early),
  );

  it('join the whole where one stage asks for them, and leave once none does', () => {
    expect(both.others).toEqual([early]);
    expect(plansOf(both.arms[0])[1].taughtBy).toEqual({ kind: 'member', index: 2 });
    expect(checkExperiment(both, teacher)).toEqual([]);
    const back = inStage(both, 1, (own) => withSource(own, teacher, own.arms[0], undefined));
    expect(back).toEqual(texts);
  });

  it('stay for the stage that still learns from them, and are counted anew in each', () => {
    const random = inStage(both, 0, (own) => withSource(own, teacher, own.arms[0], { kind: 'random' }));
    expect(random.others).toEqual([early, { kind: 'random' }]);
    expect(plansOf(random.arms[0]).map(({ taughtBy }) => taughtBy)).toEqual([
      { kind: 'member', index: 3 },
      { kind: 'member', index: 2 },
    ]);
    const without = inStage(random, 1, (own) => withSource(own, teacher, own.arms[0], undefined));
    expect(without.others).toEqual([{ kind: 'random' }]);
    expect(plansOf(without.arms[0]).map(({ taughtBy }) => taughtBy)).toEqual([
      { kind: 'member', index: 2 },
      undefined,
    ]);
    expect(checkExperiment(without, teacher)).toEqual([]);
  });
});

describe('stages', () => {
  it('come behind the last, like it but for the text, and can be run as they are', () => {
    for (const id of bundledTaskIds) {
      const longer = withStageAdded(distilbert, { kind: 'task', id }, teacher);
      expect(checkExperiment(longer, teacher)).toEqual([]);
      expect(stagesOf(longer)[1].training).toEqual(distilbert.training);
      expect(plansOf(longer.arms[0])[1]).toEqual(plansOf(distilled)[0]);
      expect(stagesOf(longer)[1].tuning).toEqual(usualTuning);
    }
  });

  it('can change places and be left out, each with its plans', () => {
    const plans = inStage(course, 2, (own) => changeArm(own, distilled.id, { weights: { pred: 1 } }));
    const turned = withStages(plans, [2, 0]);
    expect(stagesOf(turned).map(({ text }) => text.kind)).toEqual(['task', 'bundled']);
    expect(plansOf(turned.arms[0]).map(({ weights }) => weights)).toEqual([{ pred: 1 }, distilled.weights]);
    expect(withStages(course, [0])).toEqual(distilbert);
    expect(withStages(course, [0, 1, 2])).toEqual(course);
  });
});

describe('another text', () => {
  it('brings a task the teacher that it needs, and takes what only a task has', () => {
    const onTask = withText(distilbert, feelings, teacher);
    expect(checkExperiment(onTask, teacher)).toEqual([]);
    expect(onTask.tuning).toEqual(usualTuning);
    const more: Experiment = { ...onTask, augmentation: { tries: 5 } };
    expect(withText(more, { kind: 'task', id: 'topics' }, teacher).augmentation).toEqual({ tries: 5 });
    expect(withText(more, distilbert.text, teacher)).toEqual(distilbert);
  });

  it('asks for no tuning where nobody learns from the teacher', () => {
    const alone = { ...distilbert, arms: [twin] };
    expect(withText(alone, feelings, teacher)).toEqual({ ...alone, text: feelings });
  });

  it('has students of other teachers learn from the one who is tuned', () => {
    const early = { kind: 'bundled', id: 'stories-4x128-early' } as const;
    const onTask = withText(withSource(distilbert, teacher, distilled, early), feelings, teacher);
    expect(onTask.others).toBeUndefined();
    expect(stageAt(onTask, 0).arms[0].taughtBy).toBeUndefined();
    expect(checkExperiment(onTask, teacher)).toEqual([]);
  });
});
