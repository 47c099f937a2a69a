/**
 * The papers' tables on a small GLUE of our own: which models stand in them, and by which recipes their students are made.
 * Budgets are those of a laptop; what was tried is told beside each number.
 */
import type { Experiment, Weights } from './experiment';
import { hardLabels } from './objective';
import { experimentOf, type Kitchen, type Recipe, type RecipeStage, type StageTraining } from './recipes';
import type { BundledTaskId } from './tasks';
import type { BundledTeacherId } from './teacherIds';

const shared = {
  batchSize: 16,
  accumulation: 1,
  maskProbability: 0.15,
  maskSelection: 'uniform',
  clipNorm: 1,
  evaluateEvery: 50,
} as const;

const text: StageTraining = { ...shared, sequenceLength: 32, warmup: 0.05, weightDecay: 0 };

/** Of a task: the teacher is tuned by the same numbers. */
const task: StageTraining = { ...shared, sequenceLength: 32, warmup: 0.1, weightDecay: 0.01, dropout: 0.1 };

/** Tokens of a row, where 32 would cut more than a few. */
const lengths: Partial<Record<BundledTaskId, number>> = { follows: 40 };

const tuning = { steps: 300, learningRate: 5e-4 };

const tripleLoss: Weights = { ce: 5, mlm: 2, cos: 1 };
const layerLosses: Weights = { embd: 1, attn: 1, hidn: 1 };

const general = (weights: Weights, changes: Partial<RecipeStage> = {}): RecipeStage => ({
  on: 'text',
  weights,
  steps: 600,
  learningRate: 3e-3,
  ...changes,
});

const ofTask = (weights: Weights, changes: Partial<RecipeStage> = {}): RecipeStage => ({
  on: 'task',
  weights,
  steps: 300,
  learningRate: 1e-3,
  ...changes,
});

const onLabels = ofTask(hardLabels);

/** From random weights, as in their papers: what is compared is what they learn. */
const narrow = { student: 'narrow', start: 'random', mapping: 'uniform' } as const;
const half = { student: 'half', start: 'everyOther', mapping: 'uniform' } as const;

/** N_a: tries for each sentence. */
const tries = 10;

const tinybert: Recipe = {
  ...narrow,
  stages: [
    general(layerLosses),
    ofTask(layerLosses, { steps: 600, learningRate: 3e-3, tries }),
    ofTask({ pred: 1 }, { tries }),
  ],
};

const distilbert: Recipe = {
  ...half,
  stages: [general(tripleLoss, { temperature: 2, positions: 'all', learningRate: 2e-3 }), onLabels],
};

/** The students of the table, the one that has no teacher first. */
const models = {
  scratch: { ...narrow, stages: [onLabels] },
  pretrained: { ...narrow, stages: [general(hardLabels), onLabels] },
  pkd: {
    ...half,
    start: 'first',
    stages: [ofTask({ ce: 0.5, mlm: 0.5, patient: 10 }, { temperature: 5 })],
  },
  distilbert,
  minilm: { ...narrow, stages: [general({ attnKl: 1, valueKl: 1 }), onLabels] },
  tinybert,
} satisfies Record<string, Recipe>;

/** A recipe whose stages lack some terms; labels of the task stay. */
const without = (recipe: Recipe, ...terms: (keyof Weights)[]): Recipe => {
  const lacking = (stage: RecipeStage): RecipeStage => {
    if (stage.weights === hardLabels) return stage;
    const weights = Object.fromEntries(
      Object.entries(stage.weights).filter(([term]) => !terms.some((left) => left === term)),
    );
    return { ...stage, weights };
  };
  const [first, ...later] = recipe.stages.map(lacking);
  return { ...recipe, stages: [first, ...later] };
};

const [onText, layers, predictions] = tinybert.stages as readonly [RecipeStage, RecipeStage, RecipeStage];
const { tries: _tries, ...layersAlone } = layers;
const { tries: _, ...predictionsAlone } = predictions;

/** What the papers' tables of ablations take away. */
const ablations = {
  'tinybert-no-general': { ...tinybert, stages: [layers, predictions] },
  // The general student is fine-tuned, as the paper's is.
  'tinybert-no-task': { ...tinybert, stages: [onText, onLabels] },
  'tinybert-no-augmentation': { ...tinybert, stages: [onText, layersAlone, predictionsAlone] },
  'tinybert-no-embd': without(tinybert, 'embd'),
  // Somebody has to teach the classifier: labels do.
  'tinybert-no-pred': { ...tinybert, stages: [onText, layers, { ...predictions, weights: hardLabels }] },
  'tinybert-no-trm': without(tinybert, 'attn', 'hidn'),
  'tinybert-no-attn': without(tinybert, 'attn'),
  'tinybert-no-hidn': without(tinybert, 'hidn'),
  'tinybert-uniform': { ...tinybert, mapping: 'uniform' },
  'tinybert-top': { ...tinybert, mapping: 'top' },
  'tinybert-bottom': { ...tinybert, mapping: 'bottom' },
  // Not in the paper: begun as a projection of the teacher's layers.
  'tinybert-projected': { ...tinybert, start: 'everyOther' },
  'distilbert-no-ce': without(distilbert, 'ce'),
  'distilbert-no-cos': without(distilbert, 'cos'),
  'distilbert-no-mlm': without(distilbert, 'mlm'),
  'distilbert-random': { ...distilbert, start: 'random' },
} satisfies Record<string, Recipe>;

const recipes = { ...models, ...ablations };

export type GlueRecipe = keyof typeof recipes;
export const glueModels = Object.keys(models) as (keyof typeof models)[];
export const glueAblations = Object.keys(ablations) as (keyof typeof ablations)[];

export interface GlueRun {
  teacher: BundledTeacherId;
  task: BundledTaskId;
  seed: number;
  /** Share of every stage's steps that is done, 0 to 1. */
  share: number;
}

/** The id of the one arm of such an experiment: recipes that come to the same are the same experiment. */
export const glueArm = 'student';

/** The experiment of one student. */
export function glueExperiment(model: GlueRecipe, run: GlueRun): Experiment {
  const recipe: Recipe = recipes[model];
  const [first, ...later] = recipe.stages.map((stage) => ({ ...stage, steps: part(stage.steps, run) }));
  return experimentOf({ [glueArm]: { ...recipe, stages: [first, ...later] } }, kitchenOf(run));
}

const part = (steps: number, { share }: GlueRun) => Math.max(1, Math.round(share * steps));

const kitchenOf = (run: GlueRun): Kitchen => ({
  teacher: run.teacher,
  task: run.task,
  seed: run.seed,
  text: { kind: 'bundled', id: 'stories' },
  tuning: { ...tuning, steps: part(tuning.steps, run) },
  training: { text, task: { ...task, sequenceLength: lengths[run.task] ?? task.sequenceLength } },
});
