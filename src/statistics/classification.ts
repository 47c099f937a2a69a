/** Figures of a classifier from its confusion matrix: [C][C] counts, rows by gold label, columns by predicted label. */

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const columnSums = (confusion: readonly (readonly number[])[]) =>
  confusion.map((_, k) => sum(confusion.map((row) => row[k])));
const right = (confusion: readonly (readonly number[])[]) => sum(confusion.map((row, k) => row[k]));

/** The confusion matrix of equally long lists of labels below C. */
export function confusionOf(
  gold: ArrayLike<number>,
  predicted: ArrayLike<number>,
  labels: number,
): number[][] {
  const confusion = Array.from({ length: labels }, () => new Array<number>(labels).fill(0));
  for (let i = 0; i < gold.length; i++) confusion[gold[i]][predicted[i]] += 1;
  return confusion;
}

/** Share of rows whose label is right; 0 where there are none. */
export const accuracy = (confusion: readonly (readonly number[])[]): number =>
  right(confusion) / Math.max(1, sum(confusion.map(sum)));

/**
 * Matthews' correlation, -1 to 1; for more than two labels Gorodkin's R_K (2004, "Comparing two K-category assignments
 * by a K-category correlation coefficient"), which is the same for two. 0 where only one label occurs or is predicted,
 * as scikit-learn has it.
 */
export function matthews(confusion: readonly (readonly number[])[]): number {
  const golds = confusion.map(sum);
  const predictions = columnSums(confusion);
  const all = sum(golds);
  const covariance = (a: readonly number[], b: readonly number[]) => sum(a.map((value, k) => value * b[k]));
  const spread = Math.sqrt(
    (all * all - covariance(predictions, predictions)) * (all * all - covariance(golds, golds)),
  );
  return spread === 0 ? 0 : (right(confusion) * all - covariance(golds, predictions)) / spread;
}

/**
 * Macro F1: the mean over labels of 2 TP / (2 TP + FP + FN), 0 to 1. A label that neither occurs nor is predicted is
 * left out of the mean; scikit-learn counts it as 0 where it is named.
 */
export function macroF1(confusion: readonly (readonly number[])[]): number {
  const golds = confusion.map(sum);
  const predictions = columnSums(confusion);
  const met = confusion.map((_, k) => k).filter((k) => golds[k] + predictions[k] > 0);
  return sum(met.map((k) => (2 * confusion[k][k]) / (golds[k] + predictions[k]))) / Math.max(1, met.length);
}

const figures = { accuracy, matthews, f1: macroF1 };

/** How well labels are predicted, by the metric of a task. */
export const figureOf = (metric: keyof typeof figures, confusion: readonly (readonly number[])[]): number =>
  figures[metric](confusion);

/**
 * Standard error of a figure of a confusion matrix, by the jackknife: each row is left out in turn (Efron and Stein 1981).
 * Rows of one cell give the same, so that a cell is left out once and counts as often as it has rows.
 */
export function standardError(
  figure: (confusion: readonly (readonly number[])[]) => number,
  confusion: readonly (readonly number[])[],
): number {
  const all = sum(confusion.map(sum));
  const left: { times: number; value: number }[] = [];
  confusion.forEach((row, i) => {
    row.forEach((times, j) => {
      if (times === 0) return;
      const without = confusion.map((own, k) => (k === i ? own.map((n, l) => (l === j ? n - 1 : n)) : own));
      left.push({ times, value: figure(without) });
    });
  });
  const mean = sum(left.map(({ times, value }) => times * value)) / Math.max(1, all);
  const squares = sum(left.map(({ times, value }) => times * (value - mean) ** 2));
  return Math.sqrt((Math.max(0, all - 1) / Math.max(1, all)) * squares);
}
