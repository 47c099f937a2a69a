/**
 * likeness.json: debiased linear CKA and mean cosines on two batches with padding, from NumPy in float64
 * (tools/golden/likeness.py). States by batch, then level, [N, width].
 */
import data from './likeness.json';

interface LikenessGolden {
  /** Of each batch, [N]. */
  masks: number[][];
  widths: { student: number; teacher: number; wide: number };
  student: number[][][];
  teacher: number[][][];
  /** As wide as the teacher. */
  wide: number[][][];
  /** [student levels, teacher levels]. */
  cka: number[][];
  plainOfFirstBatch: number[][];
  /** [wide levels, teacher levels]. */
  cosine: number[][];
}

export const likeness = data as LikenessGolden;
