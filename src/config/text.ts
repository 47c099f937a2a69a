/** The texts bundled in `public/corpora`, by the name of their file without `.txt`. */
export const bundledTextIds = ['stories', 'everyday'] as const;
export type BundledTextId = (typeof bundledTextIds)[number];

/** True for what a person brought, which is kept in the browser alone; the name in it is nobody else's business. */
export const isOwn = <T extends { kind: string }>(text: T): text is Extract<T, { kind: 'own' | 'rows' }> =>
  text.kind === 'own' || text.kind === 'rows';

/** The word that a text is read without; undefined where none is withheld, and for a task's rows. */
export const withheldWord = (text: { kind: string; without?: string }): string | undefined => text.without;
