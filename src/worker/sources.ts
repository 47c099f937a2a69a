/** Loads what an experiment names: its text, its teacher and the tokenizer of both. */
import { mostUnknown } from '../config/bounds';
import type { Experiment, TeacherSource, TextSource } from '../config/experiment';
import { ProblemError } from '../config/problems';
import type { TextFacts } from '../config/results';
import { buildCorpus, type Corpus } from '../data/corpus';
import { exampleSentences } from '../data/exampleSentences';
import { decodeText, textId, textsOf } from '../data/ownText';
import { splitTexts, storiesOf } from '../data/stories';
import { createTokenizer, type Tokenizer } from '../data/tokenizer';
import { trainWordPiece } from '../data/wordPieceTrainer';
import { fetchTeacher } from '../interop/fetchTeacher';
import { parseTeacher, type TeacherBundle } from '../interop/teacherBundle';
import type { Emit } from '../protocol/port';
import { loadTeacher } from '../storage/teachers';
import { loadText } from '../storage/texts';

/** Written in by the build. */
declare const __TEACHERS_VERSION__: string;

export interface Sources {
  teacher: TeacherBundle | null;
  /** `tokenizer.json`, parsed. */
  tokenizerJson: unknown;
  tokenizer: Tokenizer;
  corpus: Corpus;
  facts: TextFacts;
  /** Sentences of a person's own text with a word masked; none for the bundled one, which the page has some for. */
  examples: string[];
  /** Tells this teacher and tokenizer from others. */
  fingerprint: string;
}

/** Keeps what was loaded last, so that a restart with other arms loads nothing. */
export class SourceLoader {
  private readonly texts = new Map<string, string[]>();
  private readonly teachers = new Map<string, TeacherBundle>();
  private tokenizers = new Map<string, { json: unknown; tokenizer: Tokenizer }>();
  private corpora = new Map<string, Corpus>();

  constructor(private readonly emit: Emit) {}

  /**
   * @param baseUrl address that `corpora/` and `teachers/` lie beside
   * @throws ProblemError of the text, the teacher's weights, or the download
   */
  async load({ text, teacher, training }: Experiment, baseUrl: string): Promise<Sources> {
    this.emit('opening', { stage: 'text', loaded: 0, total: 1 });
    const textKey = `${text.kind} ${text.id}`;
    const texts = await keep(this.texts, textKey, () => this.loadTexts(text, baseUrl));
    const bundle = await this.loadTeacherOf(teacher, baseUrl);

    this.emit('opening', { stage: 'tokenizer', loaded: 0, total: 1 });
    const tokenizerKey = bundle ? teacherKey(teacher) : `${textKey} ${JSON.stringify(teacher)}`;
    const { json, tokenizer } = await keep(this.tokenizers, tokenizerKey, async () => {
      const json = bundle?.tokenizer ?? this.trainTokenizer(teacher, texts);
      return { json, tokenizer: createTokenizer(json) };
    });
    const corpusKey = `${textKey} ${tokenizerKey} ${training.sequenceLength}`;
    const corpus = await keep(this.corpora, corpusKey, async () =>
      buildCorpus(tokenizer, texts, training.sequenceLength),
    );
    const facts = factsOf(corpus);
    if (facts.unknownShare > mostUnknown) {
      throw new ProblemError('textOtherScript', { share: Math.round(facts.unknownShare * 100) });
    }
    return {
      teacher: bundle,
      tokenizerJson: json,
      tokenizer,
      corpus,
      facts,
      examples: text.kind === 'own' ? exampleSentences(tokenizer, texts) : [],
      fingerprint: fingerprintOf(bundle, tokenizer),
    };
  }

  /** Makes a text known without storing it, for browsers that store nothing. */
  rememberText(id: string, texts: string[]) {
    this.texts.set(`own ${id}`, texts);
  }

  private async loadTexts(source: TextSource, baseUrl: string): Promise<string[]> {
    if (source.kind === 'bundled') {
      const file = `corpora/${source.id}.txt`;
      const response = await fetch(new URL(file, baseUrl)).catch(() => null);
      if (!response) throw new ProblemError('downloadUnreachable', { file });
      if (!response.ok) throw new ProblemError('downloadFailed', { file, status: response.status });
      return storiesOf(await response.text());
    }
    const kept = await loadText(source.id);
    if (!kept) throw new ProblemError('textMissing', { name: source.name });
    return textsOf(decodeText(new Uint8Array(kept.bytes)));
  }

  private async loadTeacherOf(source: TeacherSource, baseUrl: string): Promise<TeacherBundle | null> {
    if (source.kind === 'none') return null;
    return keep(this.teachers, teacherKey(source), async () => {
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

  private trainTokenizer(teacher: TeacherSource, texts: string[]): unknown {
    if (teacher.kind !== 'none') throw new Error('A teacher brings its own tokenizer');
    return trainWordPiece(splitTexts(texts).train, teacher.vocabularySize, (loaded, total) =>
      this.emit('opening', { stage: 'tokenizer', loaded, total }),
    );
  }
}

function fingerprintOf(teacher: TeacherBundle | null, { vocabulary }: Tokenizer): string {
  const words = textId(new TextEncoder().encode(vocabulary.join('\n')));
  const embeddings = teacher?.weights.get('bert.embeddings.word_embeddings.weight');
  if (!teacher || !embeddings) return words;
  const { buffer, byteOffset, byteLength } = embeddings.data;
  return `${words} ${textId(new Uint8Array(buffer, byteOffset, byteLength))} ${JSON.stringify(teacher.shape)}`;
}

export function factsOf(corpus: Corpus): TextFacts {
  const { texts, words, train, heldOut, counts, tokenizer } = corpus;
  const tokens = counts.reduce((sum, count) => sum + count, 0);
  return {
    texts,
    words,
    trainSequences: train.length,
    heldOutSequences: heldOut.length,
    unknownShare: counts[tokenizer.special.unk] / tokens,
  };
}

const teacherKey = (source: TeacherSource) =>
  source.kind === 'none' ? 'none' : `${source.kind} ${source.id}`;

/** The value under `key`, made and kept as the only one where it is new. */
async function keep<T>(cache: Map<string, T>, key: string, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = await make();
  cache.clear();
  cache.set(key, value);
  return value;
}
