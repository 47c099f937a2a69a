/** The recipe on a model's card, in the words of `en/modelCard.ts`. */
import type { TFunction } from 'i18next';
import type { Plan, Stage } from '../config/experiment';
import { isSoftened, learnsFromTeacher, methodsOf, termsOf, weightOf } from '../config/objective';
import { plansOf, stagesOf } from '../config/stages';
import { isTask } from '../config/tasks';
import { termOf } from '../methods/registry';
import type { CardFacts } from './cardFacts';
import { digits, plain, publicName } from './cardWords';

/** Who taught a model, what it began with, and what it learned by, stage by stage. */
export function modelRecipe({ experiment, stage, model }: CardFacts, t: TFunction): string {
  const { teacher } = experiment;
  const stages = stagesOf(experiment).slice(0, stage + 1);
  const ofTeacher =
    teacher.kind === 'bundled'
      ? t('modelCard.recipe.bundledTeacher', {
          name: t(`experiment.teacher.bundled.${teacher.id}`),
          id: teacher.id,
        })
      : t('modelCard.recipe.ownTeacher');
  if (model.kind === 'other') {
    return model.other.kind === 'random'
      ? t('modelCard.recipe.randomTeacher')
      : t('modelCard.recipe.isTeacher', {
          teacher: t('modelCard.recipe.bundledTeacher', {
            name: t(`experiment.teacher.bundled.${model.other.id}`),
            id: model.other.id,
          }),
        });
  }
  if (model.kind === 'teacher') {
    const { text, tuning } = stages[stage];
    return [
      ...(isTask(text) && tuning
        ? [
            t('modelCard.recipe.tuned', { steps: tuning.steps, rate: digits(tuning.learningRate) }),
            t('modelCard.recipe.teacherOf', { teacher: ofTeacher }),
          ]
        : [t('modelCard.recipe.isTeacher', { teacher: ofTeacher })]),
    ].join('\n\n');
  }
  const { arm } = model;
  const parts = stages.map((own, i) => {
    const what = stageWords(own, plansOf(arm)[i], t);
    return stages.length > 1 ? t('modelCard.recipe.stage', { number: i + 1, what }) : what;
  });
  const { initialisation } = arm;
  const blocks = initialisation.kind === 'random' ? '' : initialisation.blocks.join(', ');
  return [
    ...(teacher.kind === 'none' ? [] : [t('modelCard.recipe.teacherOf', { teacher: ofTeacher })]),
    t(`modelCard.recipe.start.${initialisation.kind}`, { blocks }),
    ...parts,
  ].join('\n\n');
}

/** What an arm did in a stage: its data, its budget, its losses. */
function stageWords({ text, training, tuning, augmentation }: Stage, plan: Plan, t: TFunction): string {
  const { warmup, dropout, accumulation } = training;
  const methods = methodsOf(plan).map((id) => t(`methods.method.${id}.name`));
  const terms = termsOf(plan).map((term) => `${digits(weightOf(plan, term))} · ${termOf(term).symbol}`);
  return [
    t('modelCard.recipe.budget', {
      text: publicName(text, t),
      steps: training.steps,
      batch: training.batchSize,
      length: training.sequenceLength,
      rate: digits(training.learningRate),
      warmup: `${digits(100 * warmup)} %`,
      decay: digits(training.weightDecay),
      clip: digits(training.clipNorm),
      seed: training.seed,
    }),
    ...(accumulation > 1 ? [t('modelCard.recipe.accumulation', { count: accumulation })] : []),
    ...(dropout ? [t('modelCard.recipe.dropout', { share: digits(dropout) })] : []),
    ...(tuning ? [t('modelCard.recipe.tunedFirst', { steps: tuning.steps })] : []),
    ...(augmentation ? [t('modelCard.recipe.augmented', { tries: augmentation.tries })] : []),
    ...(text.kind === 'bundled' && text.without
      ? [t('modelCard.recipe.without', { word: plain(text.without) })]
      : []),
    ...(terms.length > 0 ? [t('modelCard.recipe.objective', { terms: terms.join(' + ') })] : []),
    ...(isSoftened(plan) ? [t('modelCard.recipe.temperature', { value: digits(plan.temperature) })] : []),
    ...(methods.length > 0 ? [t('modelCard.recipe.methods', { methods: methods.join(', ') })] : []),
    taughtBy(plan, t),
  ].join(' ');
}

function taughtBy(plan: Plan, t: TFunction): string {
  if (!learnsFromTeacher(plan)) return t('modelCard.recipe.hardLabels');
  const { taughtBy } = plan;
  switch (taughtBy?.kind) {
    case 'member':
      return t('modelCard.recipe.taughtBy.member', { number: taughtBy.index });
    case 'ensemble':
      return t('modelCard.recipe.taughtBy.ensemble', { mean: taughtBy.mean });
    case 'arm':
      return t('modelCard.recipe.taughtBy.arm');
    default:
      return t('modelCard.recipe.taughtBy.teacher');
  }
}
