/**
 * The experiment: plain data that validates against one schema, fits in a URL, is saved with a run and exported.
 * One teacher, several arms (students); every arm sees the same batches, drawn from the same seed.
 * Blocks (transformer layers) are counted from 1 everywhere in this file, as in the papers.
 */

import { bounds } from './bounds';
import { z } from './zod';

const within = (name: keyof typeof bounds) => {
  const { min, max, integer } = bounds[name];
  const number = z.number().min(min).max(max);
  return integer ? number.int() : number;
};

/** Shape of a student's encoder. Token and position embeddings follow the teacher's vocabulary and lengths. */
export const architectureSchema = z.strictObject({
  layers: within('layers'),
  hiddenSize: within('hiddenSize'),
  heads: within('heads'),
  intermediateSize: within('intermediateSize'),
  /** DistilBERT's students have no token-type embeddings. */
  tokenTypes: z.boolean(),
});

/** Where an arm's weights come from at step 0. */
export const initialisationSchema = z.discriminatedUnion('kind', [
  /** `blocks[m]` is the teacher block that student block m + 1 is copied from. */
  z.strictObject({
    kind: z.literal('copy'),
    blocks: z.array(z.number().int().min(1)).min(1).max(bounds.layers.max),
  }),
  z.strictObject({ kind: z.literal('random') }),
]);

/** Weights of the losses (DistilBERT, TinyBERT). A weight of 0 leaves the term out of the computation. */
export const objectiveSchema = z.strictObject({
  /** L_ce: T² KL(teacher ‖ student) of the softened distributions. */
  ce: within('lossWeight'),
  /** L_mlm: cross-entropy with the masked words at T = 1. */
  mlm: within('lossWeight'),
  /** L_cos: 1 − cosine of the last hidden states. */
  cos: within('lossWeight'),
  /** L_mse: squared distance of the raw logits. */
  mse: within('lossWeight'),
  /** L_attn: squared distance of the attention scores, each layer with its mapped one. Older experiments lack it. */
  attn: within('lossWeight').default(0),
  /** L_hidn: squared distance of the projected hidden states, layer by layer, embeddings included. As above. */
  hidn: within('lossWeight').default(0),
});

export const armSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,24}$/),
  student: architectureSchema,
  initialisation: initialisationSchema,
  objective: objectiveSchema,
  /** T of the soft targets; the hard labels are always at T = 1. */
  temperature: within('temperature'),
  /** The softened targets: as the teacher gives them, or with the probabilities of all words but the gold one permuted. */
  softTargets: z.enum(['teacher', 'shuffled']),
  /** Where L_ce and L_mse are taken: at every token that is not padding, or only at the masked ones. */
  positions: z.enum(['all', 'masked']),
  /** `mapping[m]` is the teacher block that student block m + 1 is compared with: g(m + 1) in TinyBERT's words. */
  mapping: z.array(z.number().int().min(1)).max(bounds.layers.max),
});

export const trainingSchema = z.strictObject({
  steps: within('steps'),
  batchSize: within('batchSize'),
  /** Tokens in a sequence, [CLS] and [SEP] included. */
  sequenceLength: within('sequenceLength'),
  /** Batches whose gradients are averaged into one update. */
  accumulation: within('accumulation'),
  learningRate: within('learningRate'),
  /** Share of the steps over which the learning rate rises from 0 to its peak; it falls to 0 linearly after that. */
  warmup: within('warmup'),
  weightDecay: within('weightDecay'),
  /** Upper bound of the global gradient norm. */
  clipNorm: within('clipNorm'),
  /** Share of the tokens that are masked (then 80 % [MASK], 10 % kept, 10 % random). */
  maskProbability: within('maskProbability'),
  /** Which tokens are masked: all alike, or rare ones more often (probability ∝ count^-0.7, DistilBERT). */
  maskSelection: z.enum(['uniform', 'rare']),
  seed: within('seed'),
  /** Steps between two held-out evaluations. */
  evaluateEvery: within('evaluateEvery'),
});

/** The text that batches are cut from. People's own text is kept in the browser under a key made from its content. */
export const textSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bundled'), id: z.enum(['stories']) }),
  z.strictObject({
    kind: z.literal('own'),
    id: z.string().regex(/^[0-9a-f]{16}$/),
    /** Empty where the experiment came by a link. */
    name: z.string().max(80).default(''),
  }),
]);

export const teacherSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bundled'), id: z.enum(['stories-4x128', 'stories-4x32']) }),
  /** Trained in this browser and kept there. */
  z.strictObject({
    kind: z.literal('saved'),
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    name: z.string().max(80).default(''),
  }),
  /** No teacher: a tokenizer is trained on the text, and the arms learn from hard labels alone. */
  z.strictObject({ kind: z.literal('none'), vocabularySize: within('vocabularySize') }),
]);

export const experimentSchema = z.strictObject({
  text: textSchema,
  teacher: teacherSchema,
  training: trainingSchema,
  arms: z.array(armSchema).min(1).max(bounds.arms.max),
});

export type Architecture = z.infer<typeof architectureSchema>;
export type Objective = z.infer<typeof objectiveSchema>;
export type Arm = z.infer<typeof armSchema>;
export type Training = z.infer<typeof trainingSchema>;
export type TextSource = z.infer<typeof textSchema>;
export type TeacherSource = z.infer<typeof teacherSchema>;
export type Experiment = z.infer<typeof experimentSchema>;
/** The terms of the objective, in the order in which they are shown. */
export const lossTerms = ['ce', 'mlm', 'cos', 'mse', 'attn', 'hidn'] as const;
export type LossTerm = (typeof lossTerms)[number];

/** The terms of an objective that compare with the teacher and have a weight. */
export const termsOfTeacher = ({ objective }: Pick<Arm, 'objective'>): LossTerm[] =>
  lossTerms.filter((term) => term !== 'mlm' && objective[term] > 0);

/** True where a term that needs a teacher has a weight. */
export const learnsFromTeacher = (arm: Pick<Arm, 'objective'>) => termsOfTeacher(arm).length > 0;

/** The objective of a student that learns from the text alone. */
export const hardLabels: Objective = { ce: 0, mlm: 1, cos: 0, mse: 0, attn: 0, hidn: 0 };
