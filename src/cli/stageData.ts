/** What the stages of an experiment need, read in Node: texts and tasks as batches, and who teaches. */
import type { Augmented } from '../augment/augment';
import { bundledVectorFiles, parseBundledVectors } from '../augment/bundledVectors';
import type { WordVectors } from '../augment/wordVectors';
import type { Experiment, TeacherSource, TextSource } from '../config/experiment';
import { sentencesOf } from '../config/sentences';
import { isTask } from '../config/tasks';
import { withheldWord } from '../config/text';
import { type BatchSource, wordsOf } from '../data/batchSource';
import { buildCorpus, type Corpus } from '../data/corpus';
import { splitTexts } from '../data/stories';
import { createTokenizer, type Tokenizer } from '../data/tokenizer';
import type { TokenizerJson } from '../data/tokenizerJson';
import { withoutWord } from '../data/withheld';
import { trainWordPiece } from '../data/wordPieceTrainer';
import { finish } from '../data/work';
import type { TeacherBundle } from '../interop/teacherBundle';
import { examplesOfTask } from '../tasks/examples';
import type { LabelledData } from '../tasks/rows';
import { validationOf } from '../tasks/split';
import { readTask, taskFile } from '../tasks/taskFiles';
import { fingerprintOf } from '../train/fingerprint';
import type { Asked } from '../train/probeSentence';
import { randomTeacher } from '../train/randomTeacher';
import type { TeacherWeights } from '../train/startingWeights';
import { TaskStages } from '../train/taskStages';
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
  /** What is asked of models, for a person to look at: a word, or a task's class. */
  asked: Asked;
  /** `tokenizer.json`, parsed. */
  tokenizerJson: unknown;
  /** To ask about: sentences of a bundled text, held-out rows of a task; none for a text of somebody's own. */
  examples: string[];
  /** What tells these teachers and words from others, as a page keeps it with a run. */
  fingerprint: string;
  /** What a task's rows were varied into. */
  augmented: Augmented['counts'] | null;
}

/** Tells how far something is that goes before a stage. */
export type Tell = (what: 'tuning' | 'augmentation', share: number) => void;

interface StageReaderOptions {
  /** A person's own, for stages that name such. */
  rows?: LabelledData;
  /** True where a fifth of a task's training rows takes the place of the held-out ones (`validationOf`). */
  validates?: boolean;
}

export class StageReader {
  private bundle: TeacherBundle | null = null;
  private tokenizer: Tokenizer | null = null;
  private tokenizerJson: unknown = null;
  private readonly tasks = new TaskStages();

  constructor(
    private readonly teacher: TeacherSource,
    private readonly tell: Tell,
    private readonly options: StageReaderOptions = {},
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
    return {
      source: wordsOf(corpus),
      corpus,
      teacher: bundle,
      others,
      origin: bundle,
      asked: { tokenizer, task: null },
      tokenizerJson: this.tokenizerJson,
      examples: [...sentencesOf(stage.text)],
      fingerprint: fingerprintOf(bundle ? [bundle, ...others] : [], tokenizer),
      augmented: null,
    };
  }

  private async readTask(stage: Experiment, task: TaskSource): Promise<StageData> {
    const data = await this.dataOf(task);
    const { bundle: words } = this;
    const tokenizer = this.tokenizerOf(data.train.flatMap(({ a, b = '' }) => [a, b]));
    const { source, teacher, augmented } = await this.tasks.read(stage, data, {
      words,
      tokenizer,
      vectors: readVectors,
      run: async (slices) => finish(slices),
      tell: ({ what, done, of }) => this.tell(what, done / of),
    });
    return {
      source,
      corpus: null,
      teacher,
      others: [],
      origin: words,
      asked: { tokenizer, task: { source, data } },
      tokenizerJson: this.tokenizerJson,
      examples: examplesOfTask(data),
      fingerprint: fingerprintOf(words ? [words, ...(await readOthers(stage, words))] : [], tokenizer),
      augmented: augmented?.counts ?? null,
    };
  }

  /** @throws Error for rows that a browser keeps, where no file was named for them */
  private async dataOf(task: TaskSource): Promise<LabelledData> {
    const { rows, validates } = this.options;
    if (task.kind === 'task') {
      const data = readTask(task.id, String(await readPublic(taskFile(task.id))));
      return validates ? validationOf(data) : data;
    }
    if (!rows) throw new Error("Rows of one's own are kept in a browser");
    return rows;
  }

  private tokenizerOf(texts: string[]): Tokenizer {
    this.tokenizerJson ??= this.bundle?.tokenizer ?? trained(texts, this.teacher);
    this.tokenizer ??= createTokenizer(this.tokenizerJson);
    return this.tokenizer;
  }
}

async function readVectors(): Promise<WordVectors> {
  const { words, vectors } = bundledVectorFiles;
  const [list, bytes] = await Promise.all([words, vectors].map((file) => readPublic(`vectors/${file}`)));
  return parseBundledVectors(String(list), Uint8Array.from(bytes).buffer);
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
