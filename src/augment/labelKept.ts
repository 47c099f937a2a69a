/** Whether a task's teacher still gives a variant the label of the row that it comes from. */
import type { KeptShare, LabelKept } from '../config/variants';
import { type AugmentedRow, exchangesOf } from './augment';

/**
 * @param variants the variants [n] of `augment`
 * @param said the class that the teacher says of each, [n]
 * @param labels of the training rows, each below `classes`
 */
export function labelKept(
  variants: readonly AugmentedRow[],
  said: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): LabelKept {
  const all = noneKept();
  const byLabel = Array.from({ length: classes }, noneKept);
  const bySource = { teacher: noneKept(), vectors: noneKept(), both: noneKept() };
  const byExchanges: KeptShare[] = [];
  variants.forEach((variant, i) => {
    const words = exchangesOf(variant);
    const label = labels[variant.row];
    const sources = new Set(words.map(({ source }) => source));
    const groups = [all, byLabel[label]];
    while (byExchanges.length <= words.length) byExchanges.push(noneKept());
    groups.push(byExchanges[words.length]);
    if (sources.size > 0) groups.push(bySource[sources.size > 1 ? 'both' : [...sources][0]]);
    for (const group of groups) {
      group.variants += 1;
      if (said[i] === label) group.kept += 1;
    }
  });
  for (const group of [all, ...byLabel, ...Object.values(bySource), ...byExchanges]) {
    group.share = group.variants > 0 ? group.kept / group.variants : null;
  }
  return { all, byLabel, bySource, byExchanges };
}

const noneKept = (): KeptShare => ({ kept: 0, variants: 0, share: null });
