/** The card (README.md) of a model that is saved for other programs: hub-docs' modelcard.md says what its front matter holds. */
import type { TFunction } from 'i18next';
import type { Experiment } from '../config/experiment';
import { hubClassOf } from '../config/hubClass';
import type { HeldOut } from '../config/results';
import { stagesOf } from '../config/stages';
import { isOwn } from '../config/text';
import type { CardFacts } from './cardFacts';
import { digits, plain, publicName } from './cardWords';
import { modelRecipe } from './modelRecipe';
import { pythonLines } from './pythonLines';
import { textName } from './textName';

/** Fewer answers than that say little. */
const few = 100;

export function modelCard(facts: CardFacts, t: TFunction): string {
  const { classes, pairs, shape, model, name, step } = facts;
  const labels = classes?.map((label) => `“${plain(label)}”`).join(', ') ?? '';
  const what = model.kind === 'arm' ? 'student' : 'teacher';
  const does = classes
    ? t(`modelCard.${pairs ? 'classifiesPairs' : 'classifies'}`, { count: classes.length, labels })
    : t('modelCard.fillsIn');
  const figures = t('modelCard.shape', {
    class: hubClassOf(shape.tokenTypes, classes ? 'classify' : 'mlm'),
    layers: shape.layers,
    width: shape.hiddenSize,
    heads: shape.heads,
    feedForward: shape.intermediateSize,
    vocabulary: shape.vocabularySize,
    positions: shape.maxPositions,
    parameters: facts.parameters,
  });
  return `${[
    frontMatter(facts, t),
    `# ${plain(facts.folder)}`,
    t(`modelCard.${what}`, { name: plain(name), step }),
    `${does}\n\n${figures}`,
    `## ${t('modelCard.use.title')}`,
    use(facts, t),
    `## ${t('modelCard.figures.title')}`,
    figuresOf(facts, t),
    `## ${t('modelCard.recipe.title')}`,
    modelRecipe(facts, t),
    `## ${t('modelCard.data.title')}`,
    data(facts, t),
    `## ${t('modelCard.licence.title')}`,
    t(`modelCard.licence.${isBundled(facts.experiment) ? 'bundled' : 'own'}`),
    `## ${t('modelCard.again.title')}`,
    again(facts, t),
  ].join('\n\n')}\n`;
}

/** YAML reads what JSON quotes. */
const quoted = (text: string) => JSON.stringify(text);

/** True where all that it learned from comes with the page. */
const isBundled = (experiment: Experiment) =>
  experiment.teacher.kind !== 'saved' && !stagesOf(experiment).some(({ text }) => isOwn(text));

function frontMatter({ experiment, stage, classes, folder, measured }: CardFacts, t: TFunction): string {
  const { text } = stagesOf(experiment)[stage];
  const of = classes ? 'text-classification' : 'fill-mask';
  const metrics = measured && [
    ['accuracy', measured.own.accuracy],
    ...(measured.figure ? [[measured.figure.metric, measured.figure.own] as const] : []),
    ['loss', measured.own.loss],
  ];
  const dataset = isOwn(text) ? 'private' : `stillroom-${text.id}`;
  return [
    '---',
    ...(isBundled(experiment) ? ['language: en', 'license: mit'] : []),
    'library_name: transformers',
    `pipeline_tag: ${of}`,
    'tags:',
    '- knowledge-distillation',
    '- stillroom',
    ...(metrics
      ? [
          'model-index:',
          `- name: ${quoted(plain(folder))}`,
          '  results:',
          '  - task:',
          `      type: ${of}`,
          `      name: ${quoted(t(`modelCard.figures.${classes ? 'taskOfLabels' : 'task'}`))}`,
          '    dataset:',
          `      type: ${dataset}`,
          `      name: ${quoted(publicName(text, t))}`,
          '      split: held-out',
          '    metrics:',
          ...metrics.map(([type, value]) => `    - type: ${type}\n      value: ${digits(Number(value))}`),
        ]
      : []),
    '---',
  ].join('\n');
}

function use(facts: CardFacts, t: TFunction): string {
  const lines = [t('modelCard.use.python'), `\`\`\`python\n${pythonLines(facts, t).join('\n')}\n\`\`\``];
  const { ownTokenizer, pairs, shape } = facts;
  if (ownTokenizer) lines.push(t('modelCard.use.ownTokenizer'));
  // Of its tokenizers those for BERT alone tell the second text by themselves.
  const asksForTypes = ownTokenizer && pairs && shape.tokenTypes;
  lines.push([t('modelCard.use.onnx'), ...(asksForTypes ? [t('modelCard.use.onnxPairs')] : [])].join(' '));
  return lines.join('\n\n');
}

function figuresOf({ classes, measured, model }: CardFacts, t: TFunction): string {
  if (!measured) return t('modelCard.figures.none');
  const { own, teacher, figure, point } = measured;
  const of = (word: 'words' | 'labels' | 'loss' | 'agreement' | 'kl' | 'model' | 'matthews' | 'f1') =>
    t(`modelCard.figures.${word}`);
  const beside = model.kind === 'arm' ? teacher : null;
  const shown = (value: number | null | undefined) => (value == null ? '' : digits(value));
  const row = (name: string, found: HeldOut, value: number | null | undefined, isTeacher: boolean) => [
    name,
    shown(found.accuracy),
    ...(figure ? [shown(value)] : []),
    shown(found.loss),
    ...(beside ? [isTeacher ? '' : shown(found.agreement), isTeacher ? '' : shown(found.klToTeacher)] : []),
  ];
  const head = [
    of('model'),
    of(classes ? 'labels' : 'words'),
    ...(figure ? [of(figure.metric)] : []),
    of('loss'),
    ...(beside ? [of('agreement'), of('kl')] : []),
  ];
  const rows = [
    head,
    head.map(() => '---'),
    row(t('modelCard.figures.it'), own, figure?.own, false),
    ...(beside ? [row(t('modelCard.figures.itsTeacher'), beside, figure?.teacher, true)] : []),
  ];
  const places = { places: point.maskedWords, step: point.step };
  const source = [
    t(`modelCard.figures.${classes ? 'onRows' : 'onWords'}`, places),
    ...(point.extent === 'sample' ? [t('modelCard.figures.ofSample')] : []),
    ...(point.maskedWords < few ? [t('modelCard.figures.few')] : []),
  ];
  return `${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n${source.join(' ')}`;
}

function data({ experiment, stage }: CardFacts, t: TFunction): string {
  const texts = stagesOf(experiment)
    .slice(0, stage + 1)
    .map(({ text }) => {
      if (!isOwn(text)) return t('modelCard.data.bundled', { text: textName(text, t) });
      return t(`modelCard.data.${text.kind === 'own' ? 'own' : 'ownRows'}`);
    });
  return [...new Set(texts)].map((text) => `- ${text}`).join('\n');
}

function again({ experiment, link }: CardFacts, t: TFunction): string {
  const isAddress = link.startsWith('http');
  return [
    t(`modelCard.again.${isAddress ? 'link' : 'query'}`, { link: isAddress ? `<${link}>` : link }),
    t('modelCard.again.file'),
    ...(isBundled(experiment) ? [] : [t('modelCard.again.own')]),
  ].join('\n\n');
}
