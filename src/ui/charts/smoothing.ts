/** Curves as arrays with a value for each entry, null where the entry has none. */
export type Values = readonly (number | null)[];

/**
 * Mean of the last `width` entries at each entry, of fewer at the start: no later entry changes what is drawn.
 * Gaps stay gaps, and the mean starts anew behind them.
 */
export function movingAverage(values: Values, width: number): (number | null)[] {
  if (width <= 1) return [...values];
  let start = 0;
  let sum = 0;
  return values.map((value, i) => {
    if (value === null) {
      start = i + 1;
      sum = 0;
      return null;
    }
    sum += value;
    if (i - start >= width) sum -= values[start++] ?? 0;
    return sum / (i - start + 1);
  });
}

/** Entries per drawn point: the power of two that leaves at most `most` points, so that points seldom regroup. */
export function bucketSize(count: number, most: number): number {
  let size = 1;
  while (count / size > most) size *= 2;
  return size;
}

/** Means of `size` entries at a time, the last bucket of fewer; null where a bucket has no value. */
export function bucketMeans(values: Values, size: number): (number | null)[] {
  if (size === 1) return [...values];
  return Array.from({ length: Math.ceil(values.length / size) }, (_, bucket) => {
    let sum = 0;
    let count = 0;
    for (let i = bucket * size; i < Math.min((bucket + 1) * size, values.length); i++) {
      const value = values[i];
      if (value === null) continue;
      sum += value;
      count++;
    }
    return count > 0 ? sum / count : null;
  });
}
