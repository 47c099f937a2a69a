/** The texts bundled in `public/corpora`, by the name of their file without `.txt`. */
export const bundledTextIds = ['stories', 'everyday'] as const;
export type BundledTextId = (typeof bundledTextIds)[number];
