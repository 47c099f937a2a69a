/** Reads what a person pastes or chooses, beside a run that goes on. */
import type { TextSource } from '../config/experiment';
import { ProblemError, problemOf } from '../config/problems';
import type { TextFacts } from '../config/results';
import { buildingCorpus } from '../data/corpus';
import { type OwnText, readingOwnText } from '../data/ownText';
import { hashingText, shortName } from '../data/textName';
import type { Tokenizer } from '../data/tokenizer';
import { part, type Slices, Work, type WorkOptions } from '../data/work';
import type { Emit } from '../protocol/port';
import { factsOf } from './corpora';
import type { ImportedText } from './ownTexts';

/** What an imported text is counted with: the tokenizer and the length of sequences of the run that is open. */
export interface ImportContext {
  tokenizer: Tokenizer;
  /** L, [CLS] and [SEP] included. */
  sequenceLength: number;
}

export interface ImportResult {
  source: TextSource;
  facts: TextFacts | null;
}

export class TextImports {
  private current: AbortController | null = null;

  /**
   * @param remember told of every text that could be read; it is not stored yet
   * @param pacing how the work breathes, for tests
   */
  constructor(
    private readonly emit: Emit,
    private readonly remember: (text: ImportedText) => void,
    private readonly pacing: Pick<WorkOptions, 'now' | 'breathe'> = {},
  ) {}

  /**
   * Checks a text and counts it; `context` is null while no experiment is open. An import that is under way ends.
   * @throws ProblemError of the text, or cancelled
   */
  async import(
    { name, bytes }: { name: string; bytes: ArrayBuffer },
    context: ImportContext | null,
  ): Promise<ImportResult> {
    this.cancel();
    const controller = new AbortController();
    this.current = controller;
    const total = bytes.byteLength;
    const work = new Work({
      ...this.pacing,
      signal: controller.signal,
      onProgress: (share) => this.emit('importing', { loaded: Math.round(share * total), total }),
    });
    try {
      const { imported, facts } = await work.run(importing(shortName(name), bytes, context));
      this.remember(imported);
      return { source: { kind: 'own', id: imported.id, name: imported.name }, facts };
    } finally {
      if (this.current === controller) this.current = null;
    }
  }

  /** Ends the import that is under way, if any: it is refused as cancelled. */
  cancel() {
    this.current?.abort();
    this.current = null;
  }
}

function* importing(
  name: string,
  bytes: ArrayBuffer,
  context: ImportContext | null,
): Slices<{ imported: ImportedText; facts: TextFacts | null }> {
  const raw = new Uint8Array(bytes);
  const { texts, leftOut } = yield* part(readingOwnText(raw), 0, 0.4);
  const id = yield* part(hashingText(raw), 0.4, 0.45);
  const facts = context && (yield* part(countingFacts(texts, leftOut, context), 0.45, 1));
  return { imported: { id, name, bytes, texts }, facts };
}

function* countingFacts(
  texts: string[],
  leftOut: OwnText['leftOut'],
  { tokenizer, sequenceLength }: ImportContext,
): Slices<TextFacts> {
  try {
    const corpus = yield* buildingCorpus(tokenizer, texts, sequenceLength);
    return { ...factsOf(corpus), leftOut };
  } catch (error) {
    const { repeated } = leftOut;
    if (repeated === 0 || problemOf(error).code !== 'textTooFewSequences') throw error;
    throw new ProblemError('textRepeats', { texts: texts.length + repeated, repeated }, { cause: error });
  }
}
