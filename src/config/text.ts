import type { TextSource } from './experiment';

/** The word that a text is read without; undefined where none is withheld, and for a task's rows. */
export const withheldWord = (text: TextSource): string | undefined =>
  text.kind === 'task' ? undefined : text.without;
