/** What presets are put together from. They are frozen: whoever changes a part changes links that people have kept. */
import type { Arm, Experiment, Training, Weights } from '../experiment';
import { everyOtherBlock, uniformMapping } from '../mapping';
import { asMethodsHaveIt, hardLabels } from '../objective';
import { bundledTeachers } from '../teachers';
import type { BundledTextId } from '../text';

type BundledTeacher = keyof typeof bundledTeachers;

/** DistilBERT's README recipe: 5 L_ce + 2 L_mlm + 1 L_cos at T = 2. */
export const tripleLoss: Weights = { ce: 5, mlm: 2, cos: 1 };

const training: Training = {
  steps: 500,
  batchSize: 16,
  sequenceLength: 32,
  accumulation: 1,
  // DistilBERT's 5e-4 is for batches of 4,000 sequences and three epochs. With 16 sequences and 500 steps 2e-3 took
  // both arms furthest of 5e-4, 1e-3 and 2e-3.
  learningRate: 2e-3,
  warmup: 0.05,
  weightDecay: 0,
  clipNorm: 5,
  maskProbability: 0.15,
  maskSelection: 'uniform',
  seed: 1,
  evaluateEvery: 50,
};

type Half = Pick<Arm, 'student' | 'initialisation' | 'mapping'> & typeof asMethodsHaveIt;

/** A student of half the teacher's layers, every other layer copied: blocks 2 and 4 of four. */
function half(teacher: BundledTeacher): Half {
  const { layers, hiddenSize, heads, intermediateSize } = bundledTeachers[teacher];
  const student = { layers: layers / 2, hiddenSize, heads, intermediateSize, tokenTypes: false };
  const everyOther = everyOtherBlock(layers, student.layers);
  return {
    student,
    initialisation: { kind: 'copy', blocks: everyOther },
    mapping: everyOther,
    ...asMethodsHaveIt,
  };
}

export const distilled = (teacher: BundledTeacher, changes: Partial<Arm> = {}): Arm => ({
  id: 'distilled',
  ...half(teacher),
  weights: tripleLoss,
  temperature: 2,
  ...changes,
});

export const twin = (teacher: BundledTeacher, changes: Partial<Arm> = {}): Arm => ({
  id: 'twin',
  ...half(teacher),
  weights: hardLabels,
  temperature: 2,
  ...changes,
});

/** TinyBERT's student: half the layers, half the width, as many heads, so that nothing can be copied. */
export function narrow(teacher: BundledTeacher, changes: Partial<Arm> & Pick<Arm, 'id' | 'weights'>): Arm {
  const { layers, hiddenSize, heads, intermediateSize } = bundledTeachers[teacher];
  return {
    student: {
      layers: layers / 2,
      hiddenSize: hiddenSize / 2,
      heads,
      intermediateSize: intermediateSize / 2,
      tokenTypes: false,
    },
    initialisation: { kind: 'random' },
    temperature: 1,
    mapping: uniformMapping(layers, layers / 2),
    ...asMethodsHaveIt,
    ...changes,
  };
}

export const experiment = (
  teacher: BundledTeacher,
  arms: Arm[],
  changes: Partial<Training> = {},
  text: BundledTextId = 'stories',
): Experiment => ({
  text: { kind: 'bundled', id: text },
  teacher: { kind: 'bundled', id: teacher },
  training: { ...training, ...changes },
  arms,
});

export const base = 'stories-4x128';
export const tiny = 'stories-4x32';
