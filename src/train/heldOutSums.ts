/** One model's figures on held-out text, put together from what is read of each batch. */
import type { Head } from '../config/heads';
import type { HeldOut } from '../config/results';
import type { Batch } from '../data/batches';
import { wordFiguresWidth } from './wordFigures';

export class HeldOutSums {
  private readonly sums = new Float64Array(wordFiguresWidth);
  /** Of a task, see `HeldOut`. */
  private readonly confusion: number[][] | null;

  constructor(head: Head) {
    const classes = head.kind === 'classify' ? head.classes : 0;
    const zeros = () => new Array<number>(classes).fill(0);
    this.confusion = classes > 0 ? Array.from({ length: classes }, zeros) : null;
  }

  /** @param take the next so many numbers of what was read of the batch: `toldFigures` */
  add(take: (width: number) => Float64Array, { maskedCount, maskedWeights, labels }: Batch) {
    const { sums, confusion } = this;
    // The first two are means over the batch's words, and the last one is of shares in a mean.
    const [loss, divergence, right, agreeing, squares] = take(wordFiguresWidth);
    const words = [loss * maskedCount, divergence * maskedCount, right, agreeing, squares * maskedCount ** 2];
    words.forEach((value, i) => {
      sums[i] += value;
    });
    if (!confusion) return;
    take(labels.length).forEach((guess, i) => {
      if (maskedWeights[i] !== 0) confusion[labels[i]][guess] += 1;
    });
  }

  /** Means over the words of all batches; zeros where there is none, which `maskedWords` tells. */
  figures(words: number, compared: boolean): HeldOut {
    const { sums, confusion } = this;
    const [loss, divergence, accuracy, agreement] = sums.map((sum) => sum / Math.max(1, words));
    return {
      loss,
      accuracy,
      agreement: compared ? agreement : null,
      klToTeacher: compared ? divergence : null,
      klError: compared ? standardError(sums[1], sums[4], words) : null,
      ...(confusion && { confusion }),
    };
  }
}

/** Of a mean, from the sum and the sum of squares of `count` values; null for fewer than two. */
export function standardError(sum: number, squares: number, count: number): number | null {
  if (count < 2) return null;
  const variance = Math.max(0, squares - sum ** 2 / count) / (count - 1);
  return Math.sqrt(variance / count);
}
