/** The texts bundled in `public/corpora`, by the name of their file without `.txt`. */
export const bundledTextIds = ['stories', 'everyday'] as const;
export type BundledTextId = (typeof bundledTextIds)[number];

/** The word that a text is read without; undefined where none is withheld, and for a task's rows. */
export const withheldWord = (text: { kind: string; without?: string }): string | undefined => text.without;

/** True for a task's rows, of which labels are learned and no words are masked. */
export const isTask = ({ kind }: { kind: string }): boolean => kind === 'task';
