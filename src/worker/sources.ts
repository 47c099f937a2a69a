/** Loads what a stage of an experiment names: its text or task, its teachers and the tokenizer of all. */

import { bounds } from '../config/bounds';
import type { Experiment, OtherTeacher, TeacherSource, TextSource } from '../config/experiment';
import { ProblemError } from '../config/problems';
import type { TextFacts } from '../config/results';
import { sentencesOf } from '../config/sentences';
import { stageAt, stagesOf } from '../config/stages';
import { isTask } from '../config/tasks';
import type { TeacherShape } from '../config/teachers';
import { withheldWord } from '../config/text';
import { type BatchSource, wordsOf } from '../data/batchSource';
import { buildingCorpus, type Corpus } from '../data/corpus';
import { findingExamples } from '../data/exampleSentences';
import { splitTexts, storiesOf } from '../data/stories';
import { createTokenizer, type Tokenizer } from '../data/tokenizer';
import { withoutWord } from '../data/withheld';
import { keysOfSentences, removingSentences } from '../data/withoutSentences';
import { trainingWordPiece } from '../data/wordPieceTrainer';
import { type Slices, Work } from '../data/work';
import { download } from '../interop/download';
import { fetchTeacher } from '../interop/fetchTeacher';
import { parseTeacher, type TeacherBundle } from '../interop/teacherBundle';
import type { OpeningStage } from '../protocol/messages';
import type { Emit } from '../protocol/port';
import { loadTeacher } from '../storage/teachers';
import { examplesOfTask, textsOfRow } from '../tasks/examples';
import type { LabelledData } from '../tasks/rows';
import { fingerprintOf } from '../train/fingerprint';
import { randomTeacher } from '../train/randomTeacher';
import type { TeacherWeights } from '../train/startingWeights';
import { type TaskStage, TaskStages, type Told } from '../train/taskStages';
import { factsOf, refuseUnread } from './corpora';
import type { OwnRowsFiles } from './ownRows';
import { type ImportedText, OwnTexts } from './ownTexts';
import type { KeyedVectors, OwnVectors } from './ownVectors';
import {
  factsOfTask,
  keptTeachers,
  loadTask,
  loadVectors,
  secretTasks,
  type TaskSource,
} from './taskSources';

/** Written in by the build. */
declare const __TEACHERS_VERSION__: string;

export interface Sources {
  /** The teacher of words, whom students are copied from. */
  words: TeacherBundle | null;
  /** Who teaches in this stage: of a text the teacher of words, of a task that one tuned on it; null where nobody does. */
  teacher: TeacherWeights | null;
  /** Teachers beside it, in their order. */
  others: TeacherWeights[];
  /** `tokenizer.json`, parsed. */
  tokenizerJson: unknown;
  tokenizer: Tokenizer;
  batches: BatchSource;
  /** Of a text: the corpus before a word is withheld from it. */
  whole: Corpus | null;
  /** Of a task: its rows, who was tuned on them and what they were varied into. */
  task: TaskStage | null;
  facts: TextFacts;
  /** Sentences to try: those of a bundled text, of a person's own with a word masked, of a task held-out rows. */
  examples: string[];
  /** Tells these teachers of words and this tokenizer from others. */
  fingerprint: string;
}

export interface LoadOptions {
  /** Address that `corpora/`, `teachers/` and `vectors/` lie beside. */
  baseUrl: string;
  /** Ends the loading, which is then refused as cancelled. */
  signal?: AbortSignal;
  /**
   * Told of the teacher of words and of the run's fingerprint before anything takes long; throws what ends the loading.
   * `shape`: null where there is no teacher.
   */
  accept?: (known: { shape: TeacherShape | null; fingerprint: string }) => void;
  /** Awaited while a teacher is tuned, or rows are varied; what it throws ends that. */
  heed?: (told: Told) => Promise<void>;
}

/** What of a stage is read on the way to its sequences. */
interface Reading extends LoadOptions {
  run: <T>(stage: OpeningStage, slices: Slices<T>) => Promise<T>;
  /** Tasks of all stages, whose held-out sentences no text shows. */
  secrets: TaskSource[];
  bundle: TeacherBundle | null;
  others: TeacherWeights[];
  tokenizer: Tokenizer;
  /** Names teacher, or first text, that the tokenizer is of. */
  tokenizerKey: string;
  /** A person's own word vectors, where a stage varies rows by them; null: ours. */
  vectors: KeyedVectors | null;
  fingerprint: string;
}

/** What makes up the sequences of a stage. */
type StageSources = Pick<Sources, 'teacher' | 'others' | 'batches' | 'whole' | 'task' | 'facts' | 'examples'>;

/** Keeps what was loaded last, so that a restart with other arms loads nothing. */
export class SourceLoader {
  private readonly texts = new Map<string, string[]>();
  private readonly teachers = new Map<string, TeacherBundle>();
  private tokenizers = new Map<string, { json: unknown; tokenizer: Tokenizer }>();
  private corpora = new Map<string, Corpus>();
  private readonly tasks = new TaskStages();
  /** A person's word vectors as the run began with them; undefined: not asked for yet. */
  private vectors: KeyedVectors | null | undefined;
  private readonly ownTexts: OwnTexts;

  /** @param own what people brought of their own */
  constructor(
    private readonly emit: Emit,
    private readonly own: { rows: Pick<OwnRowsFiles, 'load'>; vectors: Pick<OwnVectors, 'load'> },
  ) {
    this.ownTexts = new OwnTexts(emit);
  }

  /**
   * @param stage counted from 0
   * @throws ProblemError of the text, the task, the teacher's weights, or the download
   */
  async load(experiment: Experiment, stage: number, options: LoadOptions): Promise<Sources> {
    const { signal } = options;
    const run = <T>(of: OpeningStage, slices: Slices<T>): Promise<T> => {
      const onProgress = (loaded: number) => this.emit('opening', { stage: of, loaded, total: 1 });
      return new Work({ signal, onProgress }).run(slices);
    };
    const { teacher } = experiment;
    const bundle = await this.loadTeacherOf(teacher, options.baseUrl);
    const secrets = secretTasks(experiment);
    const tokenizerKey = bundle
      ? teacherKey(teacher)
      : `${textKey(experiment.text)} ${secrets.map(textKey).join()} ${JSON.stringify(teacher)}`;
    const { json, tokenizer } = await keep(this.tokenizers, tokenizerKey, 1, async () => {
      const json = bundle?.tokenizer ?? (await this.trainTokenizer(experiment, { ...options, run, secrets }));
      this.emit('opening', { stage: 'tokenizer', loaded: 0, total: 1 });
      return { json, tokenizer: createTokenizer(json) };
    });
    const own = stageAt(experiment, stage);
    const others = bundle ? await this.loadOthers(experiment, bundle, options.baseUrl) : [];
    const varies = stagesOf(experiment).some(({ augmentation }) => augmentation !== undefined);
    if (varies && this.vectors === undefined) this.vectors = await this.own.vectors.load();
    const vectors = (varies && this.vectors) || null;
    const fingerprint = fingerprintOf(bundle ? [bundle, ...others] : [], tokenizer, vectors?.id);
    options.accept?.({ shape: bundle?.shape ?? null, fingerprint });
    const reading: Reading = {
      ...options,
      run,
      secrets,
      bundle,
      others,
      tokenizer,
      tokenizerKey,
      vectors,
      fingerprint,
    };
    const ofStage = isTask(own.text)
      ? await this.loadTaskStage(own, reading)
      : await this.loadTextStage(own, reading);
    return {
      ...ofStage,
      words: bundle,
      tokenizerJson: json,
      tokenizer,
      fingerprint,
    };
  }

  /** Another run comes, which takes a person's word vectors as they are by then. */
  endRun() {
    this.vectors = undefined;
    this.endTuning();
  }

  /** Another run comes, or another device: a tuning that was left before its end is begun again. */
  endTuning() {
    this.tasks.endTuning();
  }

  private async loadTextStage(stage: Experiment, reading: Reading): Promise<StageSources> {
    const { text, training } = stage;
    const { bundle, others, tokenizer, tokenizerKey, run } = reading;
    const texts = await this.textsOf(text, reading);
    this.emit('opening', { stage: 'tokenizer', loaded: 0, total: 1 });
    const secret = reading.secrets.map(textKey).join();
    const corpusKey = `${textKey(text)} ${secret} ${tokenizerKey} ${training.sequenceLength}`;
    const whole = await keep(this.corpora, corpusKey, mostTexts, () =>
      run('tokenizer', buildingCorpus(tokenizer, texts, training.sequenceLength)),
    );
    refuseUnread(whole, bundle !== null);
    const word = withheldWord(text);
    const corpus = word === undefined ? whole : withoutWord(whole, tokenizer, word);
    const examples =
      text.kind === 'own'
        ? await run('tokenizer', findingExamples(tokenizer, texts))
        : [...sentencesOf(text)];
    if (text.kind === 'own') this.ownTexts.store(text.id);
    return {
      teacher: bundle,
      others,
      batches: wordsOf(corpus),
      whole,
      task: null,
      facts: factsOf(corpus),
      examples,
    };
  }

  private async loadTaskStage(stage: Experiment, reading: Reading): Promise<StageSources> {
    const { bundle, tokenizer, vectors, run, baseUrl, fingerprint, heed = async () => {} } = reading;
    const data = await this.rowsOf(stage.text, reading);
    const task = await this.tasks.read(stage, data, {
      words: bundle,
      tokenizer,
      vectors: async () => vectors ?? loadVectors(baseUrl),
      kept: keptTeachers(fingerprint),
      run: (slices) => run('tokenizer', slices),
      tell: async (told) => {
        const { what, done, of } = told;
        this.emit('opening', {
          stage: what,
          loaded: done,
          total: of,
          ...('loss' in told && { loss: told.loss }),
        });
        await heed(told);
      },
    });
    return {
      teacher: task.teacher,
      others: [],
      batches: task.source,
      whole: null,
      task,
      facts: factsOfTask(task),
      examples: examplesOfTask(data),
    };
  }

  private rowsOf(
    text: TextSource,
    { baseUrl, run }: Pick<Reading, 'baseUrl' | 'run'>,
  ): Promise<LabelledData> {
    this.emit('opening', { stage: 'text', loaded: 0, total: 1 });
    if (text.kind === 'rows') return this.own.rows.load(text, (slices) => run('text', slices));
    if (text.kind === 'task') return loadTask(text.id, baseUrl);
    throw new Error('A text has no rows');
  }

  /** A text without sentences that a task of any stage holds out. */
  private async textsOf(
    text: TextSource,
    reading: Pick<Reading, 'baseUrl' | 'run' | 'secrets'>,
  ): Promise<string[]> {
    const { baseUrl, run, secrets } = reading;
    this.emit('opening', { stage: 'text', loaded: 0, total: 1 });
    const texts = await keep(this.texts, textKey(text), mostTexts, () => this.loadTexts(text, baseUrl, run));
    // Of the bundled texts and tasks it is known which lines they share, see data/heldOutByTasks.ts.
    const unknown = secrets.filter(({ kind }) => kind === 'rows' || text.kind === 'own');
    if (unknown.length === 0) return texts;
    const tasks = await Promise.all(unknown.map((task) => this.rowsOf(task, reading)));
    const heldOut = tasks.flatMap((task) => task.heldOut.flatMap(textsOfRow));
    return run('text', removingSentences(texts, keysOfSentences(heldOut)));
  }

  /** Where there is no teacher, the first stage's text gives the pieces, its held-out part left out. */
  private async trainTokenizer(
    { text, teacher }: Experiment,
    reading: Pick<Reading, 'baseUrl' | 'run' | 'secrets'>,
  ): Promise<unknown> {
    if (teacher.kind !== 'none') throw new Error('A teacher brings its own tokenizer');
    const texts = isTask(text)
      ? (await this.rowsOf(text, reading)).train.flatMap(textsOfRow)
      : splitTexts(await this.textsOf(text, reading)).train;
    return reading.run('tokenizer', trainingWordPiece(texts, teacher.vocabularySize));
  }

  /** Makes a text known without storing it: it may only have been looked at. */
  rememberText(text: ImportedText) {
    this.ownTexts.remember(text);
  }

  private async loadTexts(source: TextSource, baseUrl: string, run: Reading['run']): Promise<string[]> {
    if (source.kind === 'bundled') {
      const url = new URL(`corpora/${source.id}.txt`, baseUrl).href;
      const onProgress = (loaded: number, total: number | null) =>
        this.emit('opening', { stage: 'text', loaded, total });
      return storiesOf(new TextDecoder().decode(await download(url, 'text', { onProgress })));
    }
    if (isTask(source)) throw new Error('A task has rows');
    return this.ownTexts.load(source, (slices) => run('text', slices));
  }

  private loadOthers(
    { others = [], training }: Experiment,
    { shape }: TeacherBundle,
    baseUrl: string,
  ): Promise<TeacherWeights[]> {
    return Promise.all(
      others.map(async (other: OtherTeacher, i) => {
        if (other.kind === 'random') return randomTeacher(shape, training.seed, i);
        const bundle = await this.loadTeacherOf(other, baseUrl);
        return bundle!;
      }),
    );
  }

  private async loadTeacherOf(source: TeacherSource, baseUrl: string): Promise<TeacherBundle | null> {
    if (source.kind === 'none') return null;
    return keep(this.teachers, teacherKey(source), bounds.teachers.max, async () => {
      if (source.kind === 'bundled') {
        const tell = (loaded: number, total: number | null) =>
          this.emit('opening', { stage: 'teacher', loaded, total });
        const folder = new URL(`teachers/${source.id}/`, baseUrl).href;
        // Nothing is kept in development, where the files change under the same version.
        return fetchTeacher(folder, tell, fetch, import.meta.env.PROD ? __TEACHERS_VERSION__ : null);
      }
      const kept = await loadTeacher(source.id);
      if (!kept) throw new ProblemError('teacherMissing', { name: source.name });
      return parseTeacher(kept);
    });
  }
}

/** Texts and their corpora that are kept: those of the stages of an experiment, or of two. */
const mostTexts = 2;

const textKey = ({ kind, id }: TextSource) => `${kind} ${id}`;

const teacherKey = (source: TeacherSource) =>
  source.kind === 'none' ? 'none' : `${source.kind} ${source.id}`;

/** The value under `key`, made where it is new, when the oldest give way to it: `most` are kept. */
async function keep<T>(cache: Map<string, T>, key: string, most: number, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = await make();
  cache.set(key, value);
  for (const old of [...cache.keys()].slice(0, -most)) cache.delete(old);
  return value;
}
