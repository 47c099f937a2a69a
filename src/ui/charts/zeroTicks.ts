/** Round numbers from 0 to at least `most`, about `count` of them beyond 0: 1, 2 or 5 times a power of ten apart. */
export function zeroTicks(most: number, count = 5): number[] {
  if (!(most > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most / count));
  const step = power * ([1, 2, 5].find((factor) => factor * power * count >= most * (1 - 1e-9)) ?? 10);
  const parts = Math.ceil(most / step - 1e-9);
  return Array.from({ length: parts + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
