/** Random experiments that the schema accepts, whether or not they make sense. */
import fc from 'fast-check';
import { bounds } from '../../src/config/bounds';
import type { Arm, Experiment } from '../../src/config/experiment';

const within = (name: keyof typeof bounds) => {
  const { min, max, integer } = bounds[name];
  return integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
};
const blocks = (minLength: number) =>
  fc.array(fc.integer({ min: 1, max: 12 }), { minLength, maxLength: bounds.layers.max });
const name = fc.string({ unit: 'grapheme', maxLength: 80 }).filter((text) => text.length <= 80);
const from = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });
const lowercase = 'abcdefghijklmnopqrstuvwxyz0123456789-';

const initialisation = fc.oneof(
  fc.record({ kind: fc.constant('copy' as const), blocks: blocks(1) }),
  fc.constant({ kind: 'random' as const }),
);

export const anyArm: fc.Arbitrary<Arm> = fc.record({
  id: from(lowercase, 1, 24),
  student: fc.record({
    layers: within('layers'),
    hiddenSize: within('hiddenSize'),
    heads: within('heads'),
    intermediateSize: within('intermediateSize'),
    tokenTypes: fc.boolean(),
  }),
  initialisation,
  objective: fc.record({
    ce: within('lossWeight'),
    mlm: within('lossWeight'),
    cos: within('lossWeight'),
    mse: within('lossWeight'),
    attn: within('lossWeight'),
    hidn: within('lossWeight'),
  }),
  temperature: within('temperature'),
  softTargets: fc.constantFrom('teacher', 'shuffled'),
  positions: fc.constantFrom('all', 'masked'),
  mapping: blocks(0),
});

const text = fc.oneof(
  fc.constant({ kind: 'bundled' as const, id: 'stories' as const }),
  fc.record({ kind: fc.constant('own' as const), id: from('0123456789abcdef', 16, 16), name }),
);

const teacher = fc.oneof(
  fc.record({
    kind: fc.constant('bundled' as const),
    id: fc.constantFrom('stories-4x128' as const, 'stories-4x32' as const),
  }),
  fc.record({ kind: fc.constant('saved' as const), id: from(lowercase, 1, 40), name }),
  fc.record({ kind: fc.constant('none' as const), vocabularySize: within('vocabularySize') }),
);

export const anyExperiment: fc.Arbitrary<Experiment> = fc.record({
  text,
  teacher,
  training: fc.record({
    steps: within('steps'),
    batchSize: within('batchSize'),
    sequenceLength: within('sequenceLength'),
    accumulation: within('accumulation'),
    learningRate: within('learningRate'),
    warmup: within('warmup'),
    weightDecay: within('weightDecay'),
    clipNorm: within('clipNorm'),
    maskProbability: within('maskProbability'),
    maskSelection: fc.constantFrom('uniform', 'rare'),
    seed: within('seed'),
    evaluateEvery: within('evaluateEvery'),
  }),
  // Two arms of one id are refused before anything compares them.
  arms: fc.uniqueArray(anyArm, { minLength: 1, maxLength: bounds.arms.max, selector: ({ id }) => id }),
});
