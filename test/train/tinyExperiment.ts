/** A made-up teacher and two students, as small as they can be, on a few of the stories. */

import type { Arm, Experiment, Training, Weights } from '../../src/config/experiment';
import { planOf } from '../../src/config/objective';
import { presets } from '../../src/config/presets';
import type { NumberSetting } from '../../src/config/results';
import type { TeacherShape } from '../../src/config/teachers';
import { wordsOf } from '../../src/data/batchSource';
import { buildCorpus } from '../../src/data/corpus';
import { randomStream } from '../../src/data/random';
import { splitTexts } from '../../src/data/stories';
import { createTokenizer } from '../../src/data/tokenizer';
import { trainWordPiece } from '../../src/data/wordPieceTrainer';
import { randomWeights } from '../../src/model/initialise';
import { parameterShapes } from '../../src/model/parameterNames';
import type { TrainedArm } from '../../src/train/model';
import { Trainer } from '../../src/train/trainer';
import { stories as allStories } from '../support/stories';

const stories = allStories.slice(0, 40);
export const tokenizer = createTokenizer(trainWordPiece(splitTexts(stories).train, 256));
export const corpus = buildCorpus(tokenizer, stories, 16);

export const shape: TeacherShape = {
  layers: 2,
  hiddenSize: 8,
  heads: 2,
  intermediateSize: 16,
  tokenTypes: true,
  vocabularySize: tokenizer.vocabulary.length,
  maxPositions: 16,
};

/** Ten times BERT's initial weights: at their own size a model this small says the same of everything. */
export const drawWide = (name: string) => {
  const random = randomStream(5, 0, name);
  return { normal: () => 10 * random.normal() };
};
export const teacher = { shape, weights: randomWeights(parameterShapes(shape), drawWide) };

const student = { layers: 1, hiddenSize: 8, heads: 2, intermediateSize: 16, tokenTypes: false };

export const distilled: Arm = {
  id: 'distilled',
  student,
  initialisation: { kind: 'copy', blocks: [2] },
  ...planOf({ ce: 5, mlm: 2, cos: 1 }, { temperature: 2, mapping: [2] }),
};
export const twin: Arm = { ...distilled, id: 'twin', weights: { mlm: 1 } };

/** Two layers, so that there is one below the last: what every term can have. */
export const deeper: Arm = {
  ...distilled,
  student: { ...student, layers: 2 },
  initialisation: { kind: 'random' },
  mapping: [1, 2],
};

/** The teacher itself as an arm. */
export const copyOfTeacher: Arm = {
  ...distilled,
  id: 'copy',
  student: { ...student, layers: 2, tokenTypes: true },
  initialisation: { kind: 'copy', blocks: [1, 2] },
  mapping: [1, 2],
};

export function experimentOf(arms: Arm[], changes: Partial<Training> = {}): Experiment {
  return {
    text: { kind: 'bundled', id: 'stories' },
    teacher: { kind: 'none', vocabularySize: shape.vocabularySize },
    training: {
      ...presets.tiny.training,
      batchSize: 4,
      sequenceLength: 16,
      steps: 40,
      learningRate: 5e-3,
      ...changes,
    },
    arms,
  };
}

export const tinyTrainer = (arms: Arm[] = [distilled, twin], changes: Partial<Training> = {}) =>
  new Trainer(experimentOf(arms, changes), wordsOf(corpus), teacher);

/** The losses of the next `count` updates. */
export function trained(trainer: Trainer, count: number) {
  for (let i = 0; i < count; i++) trainer.trainStep();
  return trainer.readPoints();
}

/** Live numbers, as a trainer takes them. */
export const learningRate = (value: number): NumberSetting => ({ path: 'training.learningRate', value });
export const armSettings = (
  index: number,
  { temperature, weights = {} }: { temperature?: number; weights?: Weights },
): NumberSetting[] => [
  ...(temperature === undefined ? [] : [{ path: `arms.${index}.temperature`, value: temperature }]),
  ...Object.entries(weights).map(([term, value]) => ({ path: `arms.${index}.weights.${term}`, value })),
];

/** The arms of a trainer on the device, which nobody else gets hold of. */
export const armsOf = (trainer: Trainer) => (trainer as unknown as { arms: TrainedArm[] }).arms;
