/** How alike the layers of students and of those who teach them are, and what follows from it for a mapping. */

/** By what a student's level was compared by cosine: as it is, or by what its trained projection makes of it. */
export type Through = 'itself' | 'projection';

/**
 * One student beside whom it learns from. Level 0 is the embeddings' output, level m that of layer m: rows are the student's
 * M + 1 levels, columns the N + 1 of whoever teaches.
 */
export interface LayerLikeness {
  /** g(1), …, g(M) when it was measured. */
  mapping: readonly number[];
  /** Debiased linear CKA; null where a level says the same of every token. */
  cka: (number | null)[][];
  /** Mean cosine over tokens; a row is null where the widths differ and no trained projection leads from one to the other. */
  cosine: (number[] | null)[];
  /** [M + 1]. */
  through: (Through | null)[];
}

/** What one comparison found. */
export interface LikenessPoint {
  /** Counted through all stages. */
  step: number;
  stage?: number;
  /** Of held-out text: how many sequences, and how many tokens in them that are no padding. */
  sequences: number;
  tokens: number;
  /** Milliseconds that it took. */
  took: number;
  /** Of those arms that somebody teaches. */
  arms: Record<string, LayerLikeness>;
}

/** By what layers are compared. */
export type LikenessMeasure = 'cka' | 'cosine';

/** The share of a run's time that comparing takes at most, while somebody looks. */
export const likenessShare = 0.05;

/** One row of a map, [N + 1], or null where there is nothing to compare. */
export const likenessRow = (
  likeness: LayerLikeness,
  of: LikenessMeasure,
  level: number,
): readonly (number | null)[] | null => likeness[of][level] ?? null;

/** One figure of a map; null where there is none. */
export const likenessAt = (likeness: LayerLikeness, of: LikenessMeasure, level: number, source: number) =>
  likenessRow(likeness, of, level)?.[source] ?? null;

/** Whether two maps have the same levels, so that one can be compared with the other. */
export const sameLevels = (a: LayerLikeness, b: LayerLikeness) =>
  a.cka.length === b.cka.length && a.cka[0]?.length === b.cka[0]?.length;

/**
 * The mapping that never runs backwards under which the wired pairs are most alike, taken together; of several the one
 * that lies lower. Null where a row has no figures.
 */
export function mostAlike(likeness: LayerLikeness, of: LikenessMeasure): number[] | null {
  const rows = Array.from({ length: likeness.cka.length - 1 }, (_, m) =>
    likenessRow(likeness, of, m + 1)?.slice(1),
  );
  if (rows.length === 0 || rows.some((row) => !row || row.includes(null))) return null;
  // best[n]: of the rows so far, the last of them wired to layer n or below.
  let best: { sum: number; mapping: number[] }[] = (rows[0] as number[]).map(() => ({ sum: 0, mapping: [] }));
  for (const row of rows as number[][]) {
    const next: typeof best = [];
    row.forEach((value, n) => {
      const wired = { sum: best[n].sum + value, mapping: [...best[n].mapping, n + 1] };
      const lower = next[n - 1];
      next.push(lower && lower.sum >= wired.sum ? lower : wired);
    });
    best = next;
  }
  return best[best.length - 1].mapping;
}
