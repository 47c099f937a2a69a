/** Loads what an experiment names: its text, its teacher and the tokenizer of both. */

import { bounds, mostUnknown } from '../config/bounds';
import type { Experiment, OtherTeacher, TeacherSource, TextSource } from '../config/experiment';
import { ProblemError, problemOf } from '../config/problems';
import type { TextFacts } from '../config/results';
import { isTask } from '../config/tasks';
import { withheldWord } from '../config/text';
import { buildingCorpus, type Corpus, lacksWords } from '../data/corpus';
import { findingExamples } from '../data/exampleSentences';
import { readingOwnText } from '../data/ownText';
import { splitTexts, storiesOf } from '../data/stories';
import { createTokenizer, type Tokenizer } from '../data/tokenizer';
import { withheldFacts, withoutWord } from '../data/withheld';
import { trainingWordPiece } from '../data/wordPieceTrainer';
import { type Slices, Work } from '../data/work';
import { download } from '../interop/download';
import { fetchTeacher } from '../interop/fetchTeacher';
import { parseTeacher, type TeacherBundle } from '../interop/teacherBundle';
import type { OpeningStage } from '../protocol/messages';
import type { Emit } from '../protocol/port';
import { loadTeacher } from '../storage/teachers';
import { loadText, saveText } from '../storage/texts';
import { randomTeacher } from '../train/randomTeacher';
import type { TeacherWeights } from '../train/startingWeights';
import { fingerprintOf } from './fingerprint';

/** Written in by the build. */
declare const __TEACHERS_VERSION__: string;

export interface Sources {
  teacher: TeacherBundle | null;
  /** Teachers beside it, in their order. */
  others: TeacherWeights[];
  /** `tokenizer.json`, parsed. */
  tokenizerJson: unknown;
  tokenizer: Tokenizer;
  corpus: Corpus;
  /** The corpus before a word is withheld from it. */
  whole: Corpus;
  facts: TextFacts;
  /** Sentences of a person's own text with a word masked; none for the bundled one, which the page has some for. */
  examples: string[];
  /** Tells these teachers and this tokenizer from others. */
  fingerprint: string;
}

/** A person's text that was read in this worker, as it came in and as texts. */
export interface ImportedText {
  id: string;
  name: string;
  bytes: ArrayBuffer;
  texts: string[];
}

/** Keeps what was loaded last, so that a restart with other arms loads nothing. */
export class SourceLoader {
  private readonly texts = new Map<string, string[]>();
  private readonly teachers = new Map<string, TeacherBundle>();
  private tokenizers = new Map<string, { json: unknown; tokenizer: Tokenizer }>();
  private corpora = new Map<string, Corpus>();
  /** The text that was imported last; it is stored once an experiment that uses it is opened. */
  private imported: (ImportedText & { stored: boolean }) | null = null;

  constructor(private readonly emit: Emit) {}

  /**
   * @param baseUrl address that `corpora/` and `teachers/` lie beside
   * @param signal ends the loading, which is then refused as cancelled
   * @throws ProblemError of the text, the teacher's weights, or the download
   */
  async load(
    { text, teacher, others = [], training, later }: Experiment,
    baseUrl: string,
    signal?: AbortSignal,
  ): Promise<Sources> {
    const run = <T>(stage: OpeningStage, slices: Slices<T>): Promise<T> => {
      const onProgress = (loaded: number) => this.emit('opening', { stage, loaded, total: 1 });
      return new Work({ signal, onProgress }).run(slices);
    };
    if (later) throw new ProblemError('onlyWithoutScreen');
    this.emit('opening', { stage: 'text', loaded: 0, total: 1 });
    const textKey = `${text.kind} ${text.id}`;
    const texts = await keep(this.texts, textKey, 1, () => this.loadTexts(text, baseUrl, run));
    const bundle = await this.loadTeacherOf(teacher, baseUrl);
    const beside = bundle ? await this.loadOthers(others, bundle, training.seed, baseUrl) : [];

    this.emit('opening', { stage: 'tokenizer', loaded: 0, total: 1 });
    const tokenizerKey = bundle ? teacherKey(teacher) : `${textKey} ${JSON.stringify(teacher)}`;
    const { json, tokenizer } = await keep(this.tokenizers, tokenizerKey, 1, async () => {
      const json = bundle?.tokenizer ?? (await run('tokenizer', trainingTokenizer(teacher, texts)));
      return { json, tokenizer: createTokenizer(json) };
    });
    const corpusKey = `${textKey} ${tokenizerKey} ${training.sequenceLength}`;
    const whole = await keep(this.corpora, corpusKey, 1, () =>
      run('tokenizer', buildingCorpus(tokenizer, texts, training.sequenceLength)),
    );
    refuseUnread(whole, bundle !== null);
    const word = withheldWord(text);
    const corpus = word === undefined ? whole : withoutWord(whole, tokenizer, word);
    const examples = text.kind === 'own' ? await run('tokenizer', findingExamples(tokenizer, texts)) : [];
    this.store(text);
    return {
      teacher: bundle,
      others: beside,
      tokenizerJson: json,
      tokenizer,
      corpus,
      whole,
      facts: factsOf(corpus),
      examples,
      fingerprint: fingerprintOf(bundle ? [bundle, ...beside] : [], tokenizer),
    };
  }

  /** Makes a text known without storing it: it may only have been looked at. */
  rememberText(text: ImportedText) {
    this.imported = { ...text, stored: false };
  }

  /** Stores the text that was imported, now that it is used. Where it can't be, the run goes on, and that is told. */
  private store({ kind, id }: TextSource) {
    const { imported } = this;
    if (kind !== 'own' || imported?.id !== id || imported.stored) return;
    imported.stored = true;
    const { name, bytes } = imported;
    saveText({ id, name, bytes }).catch((error) => this.emit('notSaved', { problem: problemOf(error) }));
  }

  private async loadTexts(
    source: TextSource,
    baseUrl: string,
    run: <T>(stage: OpeningStage, slices: Slices<T>) => Promise<T>,
  ): Promise<string[]> {
    if (source.kind === 'bundled') {
      const url = new URL(`corpora/${source.id}.txt`, baseUrl).href;
      const onProgress = (loaded: number, total: number | null) =>
        this.emit('opening', { stage: 'text', loaded, total });
      return storiesOf(new TextDecoder().decode(await download(url, 'text', { onProgress })));
    }
    if (isTask(source)) throw new ProblemError('onlyWithoutScreen');
    if (this.imported?.id === source.id) return this.imported.texts;
    const kept = await loadText(source.id);
    if (!kept) throw new ProblemError('textMissing', { name: source.name });
    return (await run('text', readingOwnText(new Uint8Array(kept.bytes)))).texts;
  }

  private loadOthers(
    others: readonly OtherTeacher[],
    { shape }: TeacherBundle,
    seed: number,
    baseUrl: string,
  ): Promise<TeacherWeights[]> {
    return Promise.all(
      others.map(async (other, i) => {
        if (other.kind === 'random') return randomTeacher(shape, seed, i);
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

function trainingTokenizer(teacher: TeacherSource, texts: string[]): Slices<unknown> {
  if (teacher.kind !== 'none') throw new Error('A teacher brings its own tokenizer');
  return trainingWordPiece(splitTexts(texts).train, teacher.vocabularySize);
}

/** @throws ProblemError textOtherScript, textVocabularyTooSmall or textWithoutWords */
function refuseUnread(corpus: Corpus, hasTeacher: boolean) {
  const { unknownShare, tokenizer } = corpus;
  if (unknownShare > mostUnknown) {
    const share = Math.round(unknownShare * 100);
    if (hasTeacher) throw new ProblemError('textOtherScript', { share });
    const vocabulary = tokenizer.vocabulary.length;
    throw new ProblemError('textVocabularyTooSmall', { share, vocabulary });
  }
  if (lacksWords(corpus)) throw new ProblemError('textWithoutWords');
}

export const factsOf = (corpus: Corpus): TextFacts => {
  const { texts, words, train, heldOut, unknownShare } = corpus;
  return {
    texts,
    words,
    trainSequences: train.length,
    heldOutSequences: heldOut.length,
    unknownShare,
    ...withheldFacts(corpus),
  };
};

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
