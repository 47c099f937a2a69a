/** A person's own word vectors, which augmentation uses in place of ours. */
import { packedVectors, unpackedVectors } from '../augment/packedVectors';
import { chunksOf, readVectorFile } from '../augment/vectorFile';
import { addingWords } from '../augment/wordsOfText';
import { nearest, type WordVectors } from '../augment/wordVectors';
import { ProblemError, problemOf } from '../config/problems';
import type { VectorsFacts } from '../config/results';
import { hashingText, shortName, textId } from '../data/textName';
import { Work, type WorkOptions } from '../data/work';
import { download } from '../interop/download';
import type { Emit } from '../protocol/port';
import { deleteVectors, listVectors, loadVectors, type SavedVectors, saveVectors } from '../storage/vectors';
import { decodingRows } from '../tasks/own/table';

/** Vectors with a key made from their content, which tells them from others. */
export type KeyedVectors = WordVectors & { id: string };

export class OwnVectors {
  private current: AbortController | null = null;
  /** The vectors that were read last, not in use yet. */
  private read: SavedVectors | null = null;
  /** Those in use that could not be stored. */
  private unstored: SavedVectors | null = null;
  private known: KeyedVectors | null = null;

  /**
   * @param filesOfRows the files of the rows that are known, whose words are wanted
   * @param bundledWords the words of the bundled texts, one a line; for tests
   * @param pacing how the work breathes, for tests
   */
  constructor(
    private readonly emit: Emit,
    private readonly filesOfRows: () => Promise<ArrayBuffer[]>,
    private readonly bundledWords = downloadWords,
    private readonly pacing: Pick<WorkOptions, 'now' | 'breathe'> = {},
  ) {}

  /**
   * Reads a file as a stream, and keeps the words that are needed: those of the bundled texts and of the rows that are
   * known by now. What is in use stays so until `take`.
   * @throws ProblemError as `readVectorFile`, textUnreadable, of the download, or cancelled
   */
  async open({ name, file, baseUrl }: { name: string; file: Blob; baseUrl: string }): Promise<VectorsFacts> {
    this.cancel();
    const controller = new AbortController();
    this.current = controller;
    const { signal } = controller;
    const total = file.size;
    const told = (share: number) => this.emit('importing', { loaded: Math.round(share * total), total });
    try {
      const wanted = await this.wantedWords(baseUrl, signal);
      const options = { ...this.pacing, signal, bytes: total, onProgress: told };
      const { vectors, lines, missing, cut } = await readVectorFile(readable(file, name), wanted, options);
      const packed = packedVectors(vectors);
      const work = new Work({ ...this.pacing, signal });
      const content = await work.run(hashingText(new Uint8Array(packed.vectors)));
      const id = textId(new TextEncoder().encode(`${content}\n${packed.words}`));
      this.read = { id, name: shortName(name), ...packed };
      const { length: words } = vectors.words;
      const { dimension } = vectors;
      return { id, name: shortName(name), words, dimension, lines, missing, cut, near: examplesOf(vectors) };
    } finally {
      if (this.current === controller) this.current = null;
    }
  }

  /** Uses the vectors that were read last from now on, and keeps them. @throws ProblemError cancelled where there are none */
  async take(): Promise<void> {
    const { read } = this;
    if (!read) throw new ProblemError('cancelled');
    this.known = null;
    this.unstored = null;
    try {
      await saveVectors(read);
    } catch (error) {
      this.unstored = read;
      this.emit('notSaved', { problem: problemOf(error) });
    }
  }

  /** Ours from now on. @throws ProblemError of the storage */
  async drop(): Promise<void> {
    this.known = null;
    this.unstored = null;
    for (const { id } of await listVectors()) await deleteVectors(id);
  }

  /** Ends the reading that is under way, if any: it is refused as cancelled. What was read and not taken is let go of. */
  cancel() {
    this.current?.abort();
    this.current = null;
    this.read = null;
  }

  /** The person's vectors, or null where ours are to be used. A browser whose storage can't be read has none. */
  async load(): Promise<KeyedVectors | null> {
    const { unstored } = this;
    const [card] = unstored ? [unstored] : await listVectors().catch(() => []);
    if (!card) return null;
    if (this.known?.id === card.id) return this.known;
    const saved = unstored ?? (await loadVectors(card.id).catch(() => null));
    const vectors = saved && unpackedVectors(saved);
    this.known = vectors && { ...vectors, id: card.id };
    return this.known;
  }

  private async wantedWords(baseUrl: string, signal: AbortSignal): Promise<Set<string>> {
    const work = new Work({ ...this.pacing, signal });
    const wanted = new Set((await this.bundledWords(baseUrl)).split('\n').filter((word) => word !== ''));
    for (const bytes of await this.filesOfRows()) {
      const { text } = await work.run(decodingRows(new Uint8Array(bytes)));
      await work.run(addingWords(text, wanted));
    }
    return wanted;
  }
}

const downloadWords = async (baseUrl: string) =>
  new TextDecoder().decode(await download(new URL('vectors/words.txt', baseUrl).href, 'text'));

async function* readable(file: Blob, name: string) {
  try {
    yield* chunksOf(file.stream());
  } catch (cause) {
    throw new ProblemError('textUnreadable', { name }, { cause });
  }
}

/** Words that everybody has a feeling for, and how many of their neighbours are shown. */
const familiar = ['dog', 'happy', 'school', 'water', 'king', 'music', 'red', 'mother', 'house', 'run'];
const shown = { words: 3, neighbours: 4 };

/** What is near to some words, by which a person sees whether the vectors make sense. */
function examplesOf(vectors: WordVectors): VectorsFacts['near'] {
  const words = [...familiar, ...vectors.words].filter((word) => vectors.index.has(word));
  return [...new Set(words)].slice(0, shown.words).map((word) => ({
    word,
    near: nearest(vectors, word, shown.neighbours).map(({ word: other }) => other),
  }));
}
