/**
 * Recipes for a student of a task: which student, what it begins with, and what it learns in which stage. A recipe says nothing
 * of teacher, task and seed; `experimentOf` puts it together with them.
 */
import type { Arm, Experiment, Plan, Stage, TextSource, Training, Weights } from './experiment';
import { bottomMapping, everyOtherBlock, topMapping } from './mapping';
import { asMethodsHaveIt, learnsFromTeacher } from './objective';
import type { BundledTaskId } from './tasks';
import type { BundledTeacherId } from './teacherIds';
import { bundledTeachers } from './teachers';

/** What a student learns in a stage, and for how long. */
export interface RecipeStage {
  on: 'text' | 'task';
  weights: Weights;
  steps: number;
  learningRate: number;
  /** T, 1 where it is left out. */
  temperature?: number;
  positions?: Plan['positions'];
  /** Of a task: N_a, where its rows are varied. */
  tries?: number;
}

export interface Recipe {
  /** Half the teacher's layers; of its width, or of half of it with as many heads (TinyBERT's proportions). */
  student: 'half' | 'narrow';
  /** Every other of the teacher's layers or its first ones, copied or projected onto the student's width; or random weights. */
  start: 'everyOther' | 'first' | 'random';
  /** g(m) of what compares layers. */
  mapping: 'uniform' | 'top' | 'bottom';
  stages: readonly [RecipeStage, ...RecipeStage[]];
}

/** Numbers of a stage's training that no recipe changes. */
export type StageTraining = Omit<Training, 'steps' | 'learningRate' | 'seed'>;

/** What recipes are carried out with. */
export interface Kitchen {
  teacher: BundledTeacherId;
  task: BundledTaskId;
  text: TextSource;
  seed: number;
  /** How the teacher is tuned on the task. */
  tuning: Required<Stage>['tuning'];
  training: Record<RecipeStage['on'], StageTraining>;
}

const mappings = { uniform: everyOtherBlock, top: topMapping, bottom: bottomMapping };

/** A student that learns by a recipe. */
export function armOf(id: string, recipe: Recipe, teacher: BundledTeacherId): Arm {
  const { layers: all, hiddenSize, heads, intermediateSize } = bundledTeachers[teacher];
  const layers = Math.ceil(all / 2);
  const part = recipe.student === 'narrow' ? 2 : 1;
  const mapping = mappings[recipe.mapping](all, layers);
  const [first, ...later] = recipe.stages.map((stage) => planOfStage(stage, mapping));
  return {
    id,
    student: {
      layers,
      hiddenSize: hiddenSize / part,
      heads,
      intermediateSize: intermediateSize / part,
      tokenTypes: false,
    },
    initialisation: startOf(recipe, all, layers),
    ...first,
    ...(later.length > 0 && { later }),
  };
}

function startOf({ student, start }: Recipe, all: number, layers: number): Arm['initialisation'] {
  if (start === 'random') return { kind: 'random' };
  const blocks = (start === 'first' ? bottomMapping : everyOtherBlock)(all, layers);
  return { kind: student === 'narrow' ? 'project' : 'copy', blocks };
}

const planOfStage = (
  { weights, temperature = 1, positions = 'masked' }: RecipeStage,
  mapping: number[],
): Plan => ({
  ...asMethodsHaveIt,
  weights,
  temperature,
  positions,
  mapping,
});

/**
 * An experiment with an arm for each recipe, by id. Stages are those of the first recipe: the others have as many, of the same
 * kinds, and what they say of steps, learning rate and variants counts for nothing.
 */
export function experimentOf(recipes: Record<string, Recipe>, kitchen: Kitchen): Experiment {
  const { teacher } = kitchen;
  const arms = Object.entries(recipes).map(([id, recipe]) => armOf(id, recipe, teacher));
  const [{ stages }] = Object.values(recipes);
  const [first, ...later] = stages.map((stage, i) => {
    const isTaught = Object.values(recipes).some(({ stages }) =>
      learnsFromTeacher(planOfStage(stages[i], [])),
    );
    return stageOf(stage, kitchen, isTaught);
  });
  return {
    ...first,
    teacher: { kind: 'bundled', id: teacher },
    ...(later.length > 0 && { later }),
    arms,
  };
}

function stageOf(
  { on, steps, learningRate, tries }: RecipeStage,
  { task, text, seed, tuning, training }: Kitchen,
  isTaught: boolean,
): Stage {
  const budget = { ...training[on], steps, learningRate, seed };
  if (on === 'text') return { text, training: budget };
  return {
    text: { kind: 'task', id: task },
    training: budget,
    ...(isTaught && { tuning }),
    ...(tries !== undefined && { augmentation: { tries } }),
  };
}
