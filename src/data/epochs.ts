/** The order in which a run meets its data: every epoch has one of its own and shows each item once. */
import { permutation, randomStream } from './random';

/** The last epoch's order: of a long text, drawing it anew at each step would take longer than the rest of the batch. */
let latest: { key: string; order: Uint32Array } = { key: '', order: new Uint32Array() };

function epochOrder(length: number, seed: number, epoch: number): Uint32Array {
  const key = `${length} ${seed} ${epoch}`;
  if (latest.key !== key) latest = { key, order: permutation(length, randomStream(seed, epoch, 'order')) };
  return latest.order;
}

/** `count` items from position `start` of the endless row of shuffled epochs. */
export function drawInEpochs<T>(items: readonly T[], seed: number, start: number, count: number): T[] {
  const { length } = items;
  const drawn: T[] = [];
  let epoch = -1;
  let order = latest.order;
  for (let position = start; position < start + count; position++) {
    const current = Math.floor(position / length);
    if (current !== epoch) {
      epoch = current;
      order = epochOrder(length, seed, epoch);
    }
    drawn.push(items[order[position % length]]);
  }
  return drawn;
}
