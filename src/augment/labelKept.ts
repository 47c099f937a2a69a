/** Whether a task's teacher still gives a variant the label of the row that it comes from. */
import { type AugmentedRow, exchangesOf } from './augment';
import type { Exchange } from './variants';

export interface KeptShare {
  kept: number;
  variants: number;
  /** kept / variants; null where there are none. */
  share: number | null;
}

export interface LabelKept {
  all: KeptShare;
  /** By label of the row, for all labels. */
  byLabel: KeptShare[];
  /** By who proposed the words of a variant: one alone, or both. */
  bySource: Record<Exchange['source'] | 'both', KeptShare>;
  /** By the number of words that were exchanged; index 0 stands for none. */
  byExchanges: KeptShare[];
}

/**
 * @param variants the variants [n] of `augment`
 * @param probabilities the teacher's for each variant, [n, C] or its logits; the largest is what it says, the first of
 * equal ones
 * @param labels of the training rows, each below `classes`
 */
export function labelKept(
  variants: readonly AugmentedRow[],
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): LabelKept {
  const all = noneKept();
  const byLabel = Array.from({ length: classes }, noneKept);
  const bySource = { teacher: noneKept(), vectors: noneKept(), both: noneKept() };
  const byExchanges: KeptShare[] = [];
  variants.forEach((variant, i) => {
    let said = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[i * classes + c] > probabilities[i * classes + said]) said = c;
    }
    const words = exchangesOf(variant);
    const label = labels[variant.row];
    const sources = new Set(words.map(({ source }) => source));
    const groups = [all, byLabel[label]];
    while (byExchanges.length <= words.length) byExchanges.push(noneKept());
    groups.push(byExchanges[words.length]);
    if (sources.size > 0) groups.push(bySource[sources.size > 1 ? 'both' : [...sources][0]]);
    for (const group of groups) {
      group.variants += 1;
      if (said === label) group.kept += 1;
    }
  });
  for (const group of [all, ...byLabel, ...Object.values(bySource), ...byExchanges]) {
    group.share = group.variants > 0 ? group.kept / group.variants : null;
  }
  return { all, byLabel, bySource, byExchanges };
}

const noneKept = (): KeptShare => ({ kept: 0, variants: 0, share: null });
