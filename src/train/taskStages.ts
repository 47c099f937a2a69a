/** Stages of a task made ready: rows as sequences, varied where the stage says so, and a teacher who is tuned on them. */
import { type Augmented, augment } from '../augment/augment';
import type { WordVectors } from '../augment/wordVectors';
import { tinybertAugmentation } from '../config/augmentation';
import { canonical } from '../config/canonical';
import type { Experiment } from '../config/experiment';
import type { Head } from '../config/heads';
import type { BatchSource } from '../data/batchSource';
import type { Tokenizer } from '../data/tokenizer';
import type { Slices } from '../data/work';
import type { Weights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';
import { type EncodedTask, encodingTask } from '../tasks/encode';
import type { LabelledData } from '../tasks/rows';
import { rowsOf } from '../tasks/taskSource';
import { guessMasked } from './guessMasked';
import { disposeModel, frozenModel } from './model';
import type { TeacherWeights } from './startingWeights';
import { Tuning } from './tuning';

/** What a stage of a task is made ready with. */
export interface TaskTools {
  /** The teacher of words; null where there is none. */
  words: TeacherWeights | null;
  tokenizer: Tokenizer;
  /** Word vectors; `id` tells a person's own from ours. */
  vectors: () => Promise<WordVectors & { id?: string }>;
  /** Where teachers that were tuned are kept; none where they aren't. */
  kept?: KeptTeachers;
  /** Runs what can be cut into slices. */
  run: <T>(slices: Slices<T>) => Promise<T>;
  /** Hears of what takes long; awaited, and what it throws ends the work. */
  tell: (told: Told) => Promise<void> | void;
}

/** Teachers tuned on tasks, by a key of what they were tuned on and how; from whom is the keeper's to add. */
export interface KeptTeachers {
  /** Numbers by Hugging Face's names; null where there are none. */
  load: (key: string) => Promise<Record<string, Float32Array> | null>;
  save: (key: string, parameters: Record<string, Float32Array>) => void;
}

/** How far something is that goes before a stage: of a tuning with the loss of its last update. */
export type Told =
  | { what: 'tuning'; done: number; of: number; loss: number }
  | { what: 'augmentation'; done: number; of: number };

export interface TaskStage {
  data: LabelledData;
  source: BatchSource;
  /** What the source is made of: the training rows, then their variants; and the held-out rows. */
  encoded: EncodedTask;
  /** Share of the characters of its rows that are lost since their words became [UNK], 0 to 1. */
  lost: number;
  /** Tuned on the task; null where the stage tunes none. */
  teacher: TeacherWeights | null;
  /** Null where the stage varies no rows. */
  augmented: Augmented | null;
}

/** Results that are kept: those of an experiment's stages, and of one before it. */
const mostKept = 4;

/** Keeps what took long, so that stages alike share it and a stage that is begun again has it at once. */
export class TaskStages {
  private readonly tuned = new Map<string, TeacherWeights>();
  private readonly varied = new Map<string, Augmented>();
  /** A tuning that was left before its end. */
  private left: { key: string; words: TeacherWeights; tuning: Tuning } | null = null;

  /** @param stage an experiment of one stage, `stageAt`, whose text is a task */
  async read(stage: Experiment, data: LabelledData, tools: TaskTools): Promise<TaskStage> {
    const { words, tokenizer, run } = tools;
    const encoded = async (train: LabelledData['train']) => {
      const task = await run(encodingTask(tokenizer, { ...data, train }, stage.training.sequenceLength));
      return { source: rowsOf(task, tokenizer.vocabulary.length), encoded: task };
    };
    const own = await encoded(data.train);
    const augmented = words && stage.augmentation ? await this.vary(stage, data, words, tools) : null;
    const teacher = words && stage.tuning ? await this.tune(stage, words, own.source, tools) : null;
    const variants = augmented?.rows.map(({ row, a, b }) => ({ label: data.train[row].label, a, b }));
    const trained = variants ? await encoded([...data.train, ...variants]) : own;
    return { data, ...trained, lost: own.encoded.unknownShare, teacher, augmented };
  }

  /** Nothing that was left before its end stays on the device. */
  endTuning() {
    this.left?.tuning.dispose();
    this.left = null;
  }

  private async tune(
    stage: Experiment,
    words: TeacherWeights,
    source: BatchSource,
    { tell, kept: store }: TaskTools,
  ): Promise<TeacherWeights> {
    const { text, teacher, training, tuning } = stage;
    const { steps: _steps, learningRate: _rate, evaluateEvery: _every, ...rest } = training;
    const key = canonical([text, teacher, tuning, rest]);
    return kept(this.tuned, key, async () => {
      const head: Head = { kind: 'classify', classes: source.classes!.length };
      const found = await store?.load(key);
      const weights = found && weightsOfTeacher(found, words.shape, head);
      if (weights) return { shape: words.shape, weights };
      if (this.left?.key !== key || this.left.words !== words) this.endTuning();
      this.left ??= { key, words, tuning: new Tuning(stage, words, source) };
      const result = await this.left.tuning.finish((done, of, loss) =>
        tell({ what: 'tuning', done, of, loss }),
      );
      this.left = null;
      const named = [...result.weights].map(([name, { data }]) => [name, data] as const);
      store?.save(key, Object.fromEntries(named));
      return result;
    });
  }

  private async vary(
    { text, teacher, training: { seed }, augmentation }: Experiment,
    data: LabelledData,
    words: TeacherWeights,
    { tokenizer, vectors, tell }: TaskTools,
  ): Promise<Augmented> {
    const near = await vectors();
    const key = canonical([text, teacher, augmentation, seed, near.id]);
    return kept(this.varied, key, async () => {
      const model = frozenModel(words.shape, words.weights);
      try {
        return await augment(
          data,
          {
            tokenizer,
            predict: (queries, count) => guessMasked(model, queries, count),
            vectors: near,
            longest: words.shape.maxPositions,
          },
          { ...tinybertAugmentation, ...augmentation },
          { seed, onProgress: (share) => tell({ what: 'augmentation', done: share, of: 1 }) },
        );
      } finally {
        disposeModel(model);
      }
    });
  }
}

/** Numbers as the weights of a teacher of this shape; null where they are another's. */
function weightsOfTeacher(
  parameters: Record<string, Float32Array>,
  shape: TeacherWeights['shape'],
  head: Head,
): Weights | null {
  const shapes = Object.entries(parameterShapes(shape, head));
  const fits = shapes.every(
    ([name, dimensions]) => parameters[name]?.length === dimensions.reduce((size, of) => size * of, 1),
  );
  if (!fits || shapes.length !== Object.keys(parameters).length) return null;
  return new Map(shapes.map(([name, dimensions]) => [name, { shape: dimensions, data: parameters[name] }]));
}

/** What is known under a key, or made; the oldest gives way. */
async function kept<T>(known: Map<string, T>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? (await make());
  known.delete(key);
  known.set(key, found);
  for (const old of [...known.keys()].slice(0, -mostKept)) known.delete(old);
  return found;
}
