/** The teachers bundled in `public/teachers`, by folder name. */
export const bundledTeacherIds = [
  'stories-4x128',
  'everyday-4x128',
  'base-4x256',
  'stories-4x128-early',
  'stories-3x96',
  'stories-4x32',
] as const;
export type BundledTeacherId = (typeof bundledTeacherIds)[number];
