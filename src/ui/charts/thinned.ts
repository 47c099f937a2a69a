/**
 * At most about `most` of `items`, in their order: every 1st, 2nd, 4th, … and the last. The step doubles only when
 * the list has doubled, so that what is drawn stays where it is while more comes.
 */
export function thinned<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  let stride = 1;
  while (Math.ceil((items.length - 1) / stride) + 1 > most) stride *= 2;
  return items.filter((_, i) => i % stride === 0 || i === items.length - 1);
}
