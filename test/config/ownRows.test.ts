import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import { difference } from '../../src/config/compare';
import { type Experiment, experimentSchema, type RowsSource } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { isTask, labelCount } from '../../src/config/tasks';
import { bundledTeachers } from '../../src/config/teachers';
import { decodeExperiment } from '../../src/config/urlCodec';
import { encodeExperiment } from '../../src/config/urlWriting';
import { i18next } from '../../src/i18n/i18n';
import { textName } from '../../src/i18n/textName';

const rows: RowsSource = { kind: 'rows', id: '0123456789abcdef', name: 'mails.csv', labels: 2 };
const tuning = { steps: 10, learningRate: 1e-3 };
const experiment: Experiment = { ...presets.tiny, text: rows, tuning };
const teacher = bundledTeachers['stories-4x32'];

describe('rows of a person’s own', () => {
  it('are a task, with as many labels as they say', () => {
    expect(experimentSchema.parse(experiment).text).toEqual(rows);
    expect([rows, presets.tiny.text].map(isTask)).toEqual([true, false]);
    expect([labelCount(rows), labelCount({ kind: 'task', id: 'follows' })]).toEqual([2, 3]);
    for (const labels of [1, 65, 2.5, undefined]) {
      expect(experimentSchema.safeParse({ ...experiment, text: { ...rows, labels } }).success).toBe(false);
    }
    expect(experimentSchema.safeParse({ ...experiment, text: { ...rows, id: 'mails' } }).success).toBe(false);
  });

  it('are checked as other tasks are', () => {
    expect(checkExperiment(experiment, teacher)).toEqual([]);
    const { tuning: _, ...untuned } = experiment;
    expect(checkExperiment(untuned, teacher)).toEqual([
      { code: 'taskTeacherUntuned', values: { arm: 'distilled', task: 'mails.csv' } },
    ]);
    const nameless = { ...untuned, text: { ...rows, name: '' } };
    expect(checkExperiment(nameless, teacher)[0].values).toMatchObject({ task: rows.id });
  });

  it('with two labels leave nothing to what looks at the others', () => {
    const [arm, ...others] = experiment.arms;
    const decoupled = { ...experiment, arms: [{ ...arm, weights: { tckd: 1, nckd: 1 } }, ...others] };
    const values = { arm: 'distilled', words: 2, least: 3 };
    expect(checkExperiment(decoupled, teacher)).toEqual(
      ['L_TCKD', 'L_NCKD'].map((what) => ({ code: 'termNeedsMoreWords', values: { ...values, what } })),
    );
    const ofThree = { ...decoupled, text: { ...rows, labels: 3 } };
    expect(checkExperiment(ofThree, teacher)).toEqual([]);
  });

  it('make another run, their name does not', () => {
    const text = { ...rows, name: 'letters.csv' };
    expect(difference(experiment, { ...experiment, text })).toBe('none');
    expect(difference(experiment, { ...experiment, text: { ...rows, id: 'fedcba9876543210' } })).toBe(
      'structure',
    );
  });

  it('go by a link without their name, in any stage', () => {
    const { tuning: _, ...alone } = experiment;
    const link = encodeExperiment(alone, 'tiny');
    expect(link.toString()).toBe('preset=tiny&text.kind=rows&text.id=0123456789abcdef&text.labels=2');
    expect(decodeExperiment(link)).toMatchObject({
      experiment: { text: { ...rows, name: '' } },
      problems: [],
    });
    const { text: _text, training, arms } = presets.tiny;
    const plans = arms.map(({ id: _id, student: _student, initialisation: _start, ...plan }) => plan);
    const course: Experiment = {
      ...presets.tiny,
      later: [{ text: rows, training, tuning }],
      arms: arms.map((arm, i) => ({ ...arm, later: [plans[i]] })),
    };
    const far = encodeExperiment(course, 'tiny');
    expect(far.toString()).not.toContain('mails');
    expect(decodeExperiment(far).experiment.later).toEqual([
      { text: { ...rows, name: '' }, training, tuning },
    ]);
  });

  it('have a name on the page', () => {
    expect(textName(rows, i18next.t)).toBe('mails.csv');
    expect(textName({ ...rows, name: '' }, i18next.t)).toBe('Your own rows');
  });
});
