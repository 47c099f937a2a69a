import { beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { bundledTeachers } from '../../src/config/teachers';
import type { CardFacts } from '../../src/i18n/cardFacts';
import { addDialogWords } from '../../src/i18n/dialogWords';
import { i18next } from '../../src/i18n/i18n';
import { modelCard } from '../../src/i18n/modelCard';

beforeAll(addDialogWords);

const { distilbert } = presets;
const found = { loss: 4.18912, accuracy: 0.23954, agreement: 0.3392, klToTeacher: 1.3441 };
const facts: CardFacts = {
  experiment: distilbert,
  stage: 0,
  step: 60,
  model: { kind: 'arm', arm: distilbert.arms[0] },
  name: 'distilled',
  folder: 'stillroom-distilled-step-60',
  shape: { ...bundledTeachers['stories-4x128'], layers: 2, tokenTypes: false },
  parameters: 685_952,
  classes: null,
  pairs: false,
  measured: {
    point: { step: 60, maskedWords: 3202, extent: 'full' },
    own: found,
    teacher: { ...found, loss: 2.96, accuracy: 0.4054, agreement: null, klToTeacher: null },
  },
  link: 'https://example.org/?preset=distilbert',
  ownTokenizer: false,
};
const card = (changes: Partial<CardFacts> = {}) => modelCard({ ...facts, ...changes }, i18next.t);
/** No key without words, no figure left open. */
const isWhole = (text: string) => expect(text).not.toMatch(/modelCard\.|\{\{|undefined|NaN/);

const own: Experiment = {
  ...distilbert,
  text: { kind: 'own', id: '0123456789abcdef', name: 'my diary' },
  teacher: { kind: 'saved', id: 'mine', name: 'Grandma' },
};

describe('the card of a student', () => {
  it('says its class, its figures, its recipe and where it comes from', () => {
    const text = card();
    isWhole(text);
    expect(text).toContain('`DistilBertForMaskedLM`');
    expect(text).toContain('| this model | 0.2395 | 4.189 | 0.3392 | 1.344 |');
    expect(text).toContain('| its teacher | 0.4054 | 2.96 |  |  |');
    expect(text).toContain('3,202 masked words');
    expect(text).toContain('Loss: 5 · L_ce + 2 · L_mlm + 1 · L_cos. Softened at T = 2.');
    expect(text).toContain('layers 2, 4 of the teacher of words');
    expect(text).toContain('<https://example.org/?preset=distilbert>');
  });

  it('begins with what the hub reads: licence, language, task and the figures by their numbers', () => {
    const [, front] = card().split('---\n');
    expect(front).toContain('language: en\nlicense: mit\n');
    expect(front).toContain('pipeline_tag: fill-mask');
    expect(front).toContain('- name: "stillroom-distilled-step-60"');
    expect(front).toContain('type: accuracy\n      value: 0.2395');
  });

  it('names no text and no teacher of a person’s own, and leaves its licence open', () => {
    const text = card({ experiment: own, ownTokenizer: true });
    isWhole(text);
    expect(text).not.toMatch(/my diary|Grandma|license: |language: /);
    expect(text).toContain('type: private');
    expect(text).toContain('AutoTokenizer');
    expect(text).toContain('What was its maker’s own is needed');
  });

  it('of a task names its classes, on one line and without what Markdown reads', () => {
    const text = card({
      classes: ['good\nnews', '<b>|bad`'],
      pairs: true,
      shape: bundledTeachers['stories-4x128'],
      ownTokenizer: true,
      measured: {
        ...facts.measured!,
        figure: { metric: 'matthews', own: 0.5, teacher: 0.75 },
      },
    });
    isWhole(text);
    expect(text).toContain('2 classes of a pair of texts apart: “good news”, “bbad”');
    expect(text).toContain('`BertForSequenceClassification`');
    expect(text).toContain('"text_pair"');
    expect(text).toContain('return_token_type_ids');
    expect(text).toContain('| this model | 0.2395 | 0.5 | 4.189 |');
    expect(text).toContain('- type: matthews\n      value: 0.5');
  });

  it('of a sample of few words says that they say little, and of none that nothing was measured', () => {
    const point = { step: 3, maskedWords: 40, extent: 'sample' as const };
    expect(card({ measured: { ...facts.measured!, point } })).toMatch(/a sample .* So few say little/);
    const none = card({ measured: null });
    expect(none).toContain('Nothing was measured.');
    expect(none).not.toContain('model-index');
  });
});

describe('the card of a teacher', () => {
  it('says which one it is, of a random one that it has learned nothing', () => {
    expect(card({ model: { kind: 'teacher' } })).toContain('(`everyday-4x128`)');
    const random = card({ model: { kind: 'other', other: { kind: 'random' } } });
    isWhole(random);
    expect(random).toContain('It has learned nothing');
  });

  it('of one that was tuned says for how long', () => {
    const experiment: Experiment = {
      ...distilbert,
      text: { kind: 'task', id: 'topics' },
      tuning: { steps: 300, learningRate: 5e-4 },
    };
    const text = card({ experiment, model: { kind: 'teacher' }, classes: ['animals', 'food'] });
    isWhole(text);
    expect(text).toContain('fine-tuned on the rows: 300 updates, learning rate 0.0005');
  });
});

it.each(Object.entries(presets))('has words for every part of every preset: %s', (_, experiment) => {
  const stage = experiment.later?.length ?? 0;
  for (const arm of experiment.arms) isWhole(card({ experiment, stage, model: { kind: 'arm', arm } }));
});
