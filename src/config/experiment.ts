/**
 * The experiment: plain data that validates against one schema, fits in a URL, is saved with a run and exported.
 * One teacher, several arms (students); every arm sees the same batches, drawn from the same seed. How it is written down,
 * in stages, and how older forms are read is in upgrade.ts.
 * Blocks (transformer layers) are counted from 1 everywhere in this file, as in the papers.
 */

import type { Bound } from '../methods/method';
import {
  choiceIds,
  dialIds,
  dialBound as dialOf,
  listIds,
  listOf,
  optionsOf,
  termIds,
} from '../methods/registry';
import { softTargetKinds } from '../methods/softTargets';
import { bounds, longestWord } from './bounds';
import { withoutNothing } from './paths';
import { bundledTaskIds } from './tasks';
import { bundledTeacherIds } from './teacherIds';
import { bundledTextIds } from './text';
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
  /** As above, onto another width: the teacher's weights along the directions in which its embeddings differ most. */
  z.strictObject({
    kind: z.literal('project'),
    blocks: z.array(z.number().int().min(1)).min(1).max(bounds.layers.max),
  }),
  z.strictObject({ kind: z.literal('random') }),
]);

/** What each of these ids may be, none of them needed; what says no more than its absence is left out. */
const optional = <Id extends string, T extends z.ZodType>(
  ids: readonly Id[],
  schemaOf: (id: Id) => T,
  saysNothing: (id: Id, value: z.output<T>) => boolean,
) =>
  z.strictObject(Object.fromEntries(ids.map((id) => [id, schemaOf(id).optional()]))).transform((given) => {
    const values = given as Partial<Record<Id, z.output<T>>>;
    const said = ids.filter((id) => values[id] !== undefined && !saysNothing(id, values[id]));
    return Object.fromEntries(said.map((id) => [id, values[id]])) as Partial<Record<Id, z.output<T>>>;
  });

const inRange = ({ min, max, integer }: Bound) => {
  const number = z.number().min(min).max(max);
  return integer ? number.int() : number;
};

/** What comes after the first stage, one for each that follows; absent where none does. */
const laterOf = <T extends z.ZodType>(schema: T) =>
  z
    .array(schema)
    .max(bounds.stages.max - 1)
    .transform((later) => (later.length > 0 ? later : undefined))
    .optional();

const armId = z.string().regex(/^[a-z0-9-]{1,24}$/);

/** How an arm learns: what a method is made of, by the names that the records in `methods/` give. */
export const planSchema = z.strictObject({
  /** Weights of the terms; a term without one is not computed. */
  weights: optional(
    termIds,
    () => within('lossWeight'),
    (_, weight) => weight === 0,
  ),
  /** Numbers of the methods' own. */
  dials: optional(
    dialIds,
    (id) => inRange(dialOf(id)),
    (id, value) => value === dialOf(id).initial,
  ).default({}),
  /** Ways of computing a method. */
  choices: optional(
    choiceIds,
    (id) => z.enum(optionsOf(id)),
    (id, option) => option === optionsOf(id)[0],
  ).default({}),
  /** Lists of the methods' own, such as a weight for each layer; empty: as the method has them at first. */
  lists: optional(
    listIds,
    (id) => z.array(inRange(listOf(id))).max(bounds.layers.max * 4),
    (_, list) => list.length === 0,
  ).default({}),
  /** T of the soft targets and of the student's side; hard labels are always at T = 1. */
  temperature: within('temperature'),
  /** T of the teacher's side where it has one of its own. */
  teacherTemperature: z
    .number()
    .min(0)
    .max(bounds.temperature.max)
    // 0, which a link can say, is none.
    .refine((T) => T === 0 || T >= bounds.temperature.min)
    .transform((T) => T || undefined)
    .optional(),
  /** What the soft targets are made of: the teacher's logits, or a control. */
  softTargets: z.enum(softTargetKinds),
  /** Where predictions are compared: at every token that is not padding, or only at the masked ones. */
  positions: z.enum(['all', 'masked']),
  /** `mapping[m]` is the teacher block that student block m + 1 is compared with: g(m + 1) in TinyBERT's words. */
  mapping: z.array(z.number().int().min(1)).max(bounds.layers.max),
  /** Who teaches, where it is not the teacher alone. */
  taughtBy: z
    .discriminatedUnion('kind', [
      /** One of the teachers: 1 is the teacher, the others come after it. */
      z.strictObject({ kind: z.literal('member'), index: within('teachers') }),
      /** All teachers: the mean of their softened probabilities, or of their logits. */
      z.strictObject({ kind: z.literal('ensemble'), mean: z.enum(['probabilities', 'logits']) }),
      /** Another arm, as it is before the update (deep mutual learning, Zhang et al. 2018, arXiv:1706.00384). */
      z.strictObject({ kind: z.literal('arm'), id: armId }),
    ])
    // The first teacher goes without saying, though a link may have to say it.
    .transform((source) => (source.kind === 'member' && source.index === 1 ? undefined : source))
    .optional(),
});

/** Up to which step, counted through all stages, an arm is another one: it goes its own way with the next update. */
export const forkSchema = z.strictObject({
  of: armId,
  step: z
    .number()
    .int()
    .min(1)
    .max(bounds.steps.max * bounds.stages.max),
});

export const armSchema = z.strictObject({
  id: armId,
  student: architectureSchema,
  initialisation: initialisationSchema,
  /** Whom it comes from, where that is another arm: its student and its start are those of that one. */
  fork: forkSchema.optional(),
  ...planSchema.shape,
  /** How it learns in the stages after the first. */
  later: laterOf(planSchema.transform(withoutNothing)),
});

export const trainingSchema = z
  .strictObject({
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
    /** Share of the numbers that students drop while they learn; none where it is left out. */
    dropout: within('dropout')
      .transform((share) => share || undefined)
      .optional(),
  })
  .transform(withoutNothing);

/**
 * A word that nobody who learns gets to see: sequences in which it occurs are left out (Hinton, Vinyals and Dean 2015, section
 * 3). Whether the vocabulary has it is seen where the text is read.
 */
const without = z
  .string()
  .max(longestWord)
  .transform((word) => word.trim() || undefined)
  .optional();

/** What a person brought is kept in the browser under a key made from its content. */
const ownKey = {
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** Empty where the experiment came by a link. */
  name: z.string().max(80).default(''),
};

/** The text that batches are cut from. */
const textKinds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bundled'), id: z.enum(bundledTextIds), without }),
  z.strictObject({
    kind: z.literal('own'),
    ...ownKey,
    without,
  }),
  /** Rows of a task: what is learned are labels, and no words are masked. */
  z.strictObject({ kind: z.literal('task'), id: z.enum(bundledTaskIds) }),
  /** A person's own rows; the key is made from the file and from how it was read. */
  z.strictObject({ kind: z.literal('rows'), ...ownKey, labels: within('taskLabels') }),
]);

export const textSchema = textKinds.transform(withoutNothing);

const bundledTeacherSchema = z.strictObject({ kind: z.literal('bundled'), id: z.enum(bundledTeacherIds) });

/** A teacher beside the first, of the same vocabulary. */
export const otherTeacherSchema = z.discriminatedUnion('kind', [
  bundledTeacherSchema,
  /** Of the first teacher's shape, with weights as BERT's are before any training. */
  z.strictObject({ kind: z.literal('random') }),
]);

export const teacherSchema = z.discriminatedUnion('kind', [
  bundledTeacherSchema,
  /** Trained in this browser and kept there. */
  z.strictObject({
    kind: z.literal('saved'),
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    name: z.string().max(80).default(''),
  }),
  /** No teacher: a tokenizer is trained on the text, and the arms learn from hard labels alone. */
  z.strictObject({ kind: z.literal('none'), vocabularySize: within('vocabularySize') }),
]);

/** How a teacher of words is made one of a stage's task before the stage begins: fine-tuned on its labels. */
export const tuningSchema = z.strictObject({ steps: within('steps'), learningRate: within('learningRate') });

/** What a task's training rows are varied by; everything else is as TinyBERT has it (config/augmentation.ts). */
export const augmentationSchema = z.strictObject({
  /** N_a: tries for each sentence. */
  tries: within('augmentationTries'),
});

/** What is trained on, and for how long. */
export const stageSchema = z.strictObject({
  text: textSchema,
  training: trainingSchema,
  /** Of a task: the teacher is tuned on it first, for otherwise nobody can teach it. */
  tuning: tuningSchema.optional(),
  /** Of a task: training rows and variants of them. */
  augmentation: augmentationSchema.optional(),
});

/** Teachers beside the first, for arms that say so. */
export const othersSchema = z
  .array(otherTeacherSchema)
  .max(bounds.teachers.max - 1)
  .transform((others) => (others.length > 0 ? others : undefined))
  .optional();

export const experimentSchema = z
  .strictObject({
    ...stageSchema.shape,
    /** The teacher that all figures compare with. */
    teacher: teacherSchema,
    others: othersSchema,
    /** The stages after the first, which goes by the experiment's own `text` and `training`. */
    later: laterOf(stageSchema.transform(withoutNothing)),
    arms: z.array(armSchema.transform(withoutNothing)).min(1).max(bounds.arms.max),
  })
  .transform(withoutNothing);

export type Architecture = z.infer<typeof architectureSchema>;
export type Plan = z.infer<typeof planSchema>;
export type Weights = Plan['weights'];
export type Arm = z.infer<typeof armSchema>;
export type Training = z.infer<typeof trainingSchema>;
export type TextSource = z.infer<typeof textSchema>;
export type RowsSource = Extract<TextSource, { kind: 'rows' }>;
export type OtherTeacher = z.infer<typeof otherTeacherSchema>;
export type TeacherSource = z.infer<typeof teacherSchema>;
export type Stage = z.infer<typeof stageSchema>;
export type Experiment = z.infer<typeof experimentSchema>;
