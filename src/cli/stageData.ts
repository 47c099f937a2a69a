/** What the stages of an experiment need, read in Node: texts and tasks as batches, and who teaches. */
import { type Augmented, augment } from '../augment/augment';
import { parseBundledVectors } from '../augment/bundledVectors';
import { tinybertAugmentation } from '../config/augmentation';
import type { Experiment, TeacherSource, TextSource } from '../config/experiment';
import { isTask } from '../config/tasks';
import { withheldWord } from '../config/text';
import { type BatchSource, wordsOf } from '../data/batchSource';
import { buildCorpus, type Corpus } from '../data/corpus';
import { splitTexts } from '../data/stories';
import { createTokenizer, type Tokenizer } from '../data/tokenizer';
import type { TokenizerJson } from '../data/tokenizerJson';
import { withoutWord } from '../data/withheld';
import { trainWordPiece } from '../data/wordPieceTrainer';
import type { TeacherBundle } from '../interop/teacherBundle';
import { encodeTask } from '../tasks/encode';
import type { LabelledData } from '../tasks/rows';
import { readTask, taskFile } from '../tasks/taskFiles';
import { rowsOf } from '../tasks/taskSource';
import { guessMasked } from '../train/guessMasked';
import { disposeModel, frozenModel } from '../train/model';
import { randomTeacher } from '../train/randomTeacher';
import type { TeacherWeights } from '../train/startingWeights';
import { type TunedTeacher, tunedTeacher } from '../train/tuning';
import { readPublic, readTeacher, readTexts } from './publicFiles';

type TaskSource = Extract<TextSource, { kind: 'task' | 'rows' }>;

export interface StageData {
  source: BatchSource;
  /** Of a text. */
  corpus: Corpus | null;
  /** Who teaches; of a task, tuned on it. Null where nobody does. */
  teacher: TeacherWeights | null;
  others: TeacherWeights[];
  /** Whom students are copied from: the teacher of words, whoever teaches. */
  origin: TeacherWeights | null;
  /** What a task's rows were varied into. */
  augmented: Augmented['counts'] | null;
}

/** Tells how far something is that goes before a stage. */
export type Tell = (what: 'tuning' | 'augmentation', share: number) => void;

export class StageReader {
  private bundle: TeacherBundle | null = null;
  private tokenizer: Tokenizer | null = null;
  /** Teachers by what they were tuned on and how: two stages on one task have the same. */
  private readonly tuned = new Map<string, TunedTeacher>();
  private readonly augmented = new Map<string, Augmented>();

  /** @param rows a person's own, for stages that name such */
  constructor(
    private readonly teacher: TeacherSource,
    private readonly tell: Tell,
    private readonly rows?: LabelledData,
  ) {}

  /** @param stage an experiment of one stage, `stageAt` */
  async read(stage: Experiment): Promise<StageData> {
    if (this.teacher.kind === 'bundled') this.bundle ??= await readTeacher(this.teacher.id);
    return isTask(stage.text) ? this.readTask(stage, stage.text) : this.readText(stage);
  }

  private async readText(stage: Experiment): Promise<StageData> {
    const texts = await readTexts(stage.text);
    const tokenizer = this.tokenizerOf(texts);
    const whole = buildCorpus(tokenizer, texts, stage.training.sequenceLength);
    const word = withheldWord(stage.text);
    const corpus = word === undefined ? whole : withoutWord(whole, tokenizer, word);
    const { bundle } = this;
    const others = bundle ? await readOthers(stage, bundle) : [];
    return { source: wordsOf(corpus), corpus, teacher: bundle, others, origin: bundle, augmented: null };
  }

  private async readTask(stage: Experiment, task: TaskSource): Promise<StageData> {
    const data = await this.dataOf(task);
    const tokenizer = this.tokenizerOf(data.train.flatMap(({ a, b = '' }) => [a, b]));
    const varied = await this.augment(stage, data, tokenizer);
    const rows = varied?.rows.map(({ row, a, b }) => ({ label: data.train[row].label, a, b })) ?? [];
    const batches = (train: LabelledData['train']) =>
      rowsOf(
        encodeTask(tokenizer, { ...data, train }, stage.training.sequenceLength),
        tokenizer.vocabulary.length,
      );
    const { bundle } = this;
    const teacher = bundle && stage.tuning ? await this.tune(stage, bundle, batches(data.train)) : null;
    const source = batches([...data.train, ...rows]);
    const augmented = varied?.counts ?? null;
    return { source, corpus: null, teacher, others: [], origin: bundle, augmented };
  }

  /** @throws Error for rows that a browser keeps, where no file was named for them */
  private async dataOf(task: TaskSource): Promise<LabelledData> {
    if (task.kind === 'task') return readTask(task.id, String(await readPublic(taskFile(task.id))));
    if (!this.rows) throw new Error("Rows of one's own are kept in a browser");
    return this.rows;
  }

  private tokenizerOf(texts: string[]): Tokenizer {
    this.tokenizer ??= createTokenizer(this.bundle?.tokenizer ?? trained(texts, this.teacher));
    return this.tokenizer;
  }

  private async tune(stage: Experiment, words: TeacherWeights, source: BatchSource): Promise<TunedTeacher> {
    const { text, training, tuning } = stage;
    const { steps: _steps, learningRate: _rate, ...rest } = training;
    const key = JSON.stringify([text, tuning, rest]);
    const known = this.tuned.get(key);
    if (known) return known;
    const teacher = await tunedTeacher(stage, words, source, (done, of) => this.tell('tuning', done / of));
    this.tuned.set(key, teacher);
    return teacher;
  }

  private async augment(
    { text, training: { seed }, augmentation }: Experiment,
    data: LabelledData,
    tokenizer: Tokenizer,
  ): Promise<Augmented | null> {
    if (!augmentation || !this.bundle) return null;
    const key = JSON.stringify([text, augmentation, seed]);
    const known = this.augmented.get(key);
    if (known) return known;
    const [words, vectors] = await Promise.all(
      ['words.txt', 'vectors.bin'].map((file) => readPublic(`vectors/${file}`)),
    );
    const model = frozenModel(this.bundle.shape, this.bundle.weights);
    try {
      const varied = await augment(
        data,
        {
          tokenizer,
          predict: (queries, count) => guessMasked(model, queries, count),
          vectors: parseBundledVectors(String(words), Uint8Array.from(vectors).buffer),
          longest: this.bundle.shape.maxPositions,
        },
        { ...tinybertAugmentation, ...augmentation },
        { seed, onProgress: (share) => this.tell('augmentation', share) },
      );
      this.augmented.set(key, varied);
      return varied;
    } finally {
      disposeModel(model);
    }
  }
}

const readOthers = ({ others = [], training }: Experiment, { shape }: TeacherBundle) =>
  Promise.all(
    others.map((other, i) =>
      other.kind === 'random' ? randomTeacher(shape, training.seed, i) : readTeacher(other.id),
    ),
  );

/** Where there is no teacher, a tokenizer is trained on the part of the texts that is not held out. */
function trained(texts: string[], source: TeacherSource): TokenizerJson {
  if (source.kind !== 'none') throw new Error('A teacher brings its own tokenizer');
  return trainWordPiece(splitTexts(texts).train, source.vocabularySize);
}
