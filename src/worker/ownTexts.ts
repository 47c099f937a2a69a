/** A person's own texts: those that were read in this worker, and those that the browser keeps. */
import type { TextSource } from '../config/experiment';
import { ProblemError, problemOf } from '../config/problems';
import { readingOwnText } from '../data/ownText';
import type { Slices } from '../data/work';
import type { Emit } from '../protocol/port';
import { loadText, saveText } from '../storage/texts';

/** A person's text that was read in this worker, as it came in and as texts. */
export interface ImportedText {
  id: string;
  name: string;
  bytes: ArrayBuffer;
  texts: string[];
}

export class OwnTexts {
  /** The text that was imported last; it is stored once an experiment that uses it is opened. */
  private imported: (ImportedText & { stored: boolean }) | null = null;

  constructor(private readonly emit: Emit) {}

  /** Makes a text known without storing it: it may only have been looked at. */
  remember(text: ImportedText) {
    this.imported = { ...text, stored: false };
  }

  /** @throws ProblemError textMissing, and what reading it throws */
  async load(
    { id, name }: Extract<TextSource, { kind: 'own' }>,
    run: <T>(slices: Slices<T>) => Promise<T>,
  ): Promise<string[]> {
    if (this.imported?.id === id) return this.imported.texts;
    const kept = await loadText(id);
    if (!kept) throw new ProblemError('textMissing', { name });
    return (await run(readingOwnText(new Uint8Array(kept.bytes)))).texts;
  }

  /** Stores the text that was imported, now that it is used. Where it can't be, the run goes on, and that is told. */
  store(used: string) {
    const { imported } = this;
    if (imported?.id !== used || imported.stored) return;
    imported.stored = true;
    const { id, name, bytes } = imported;
    saveText({ id, name, bytes }).catch((error) => this.emit('notSaved', { problem: problemOf(error) }));
  }
}
