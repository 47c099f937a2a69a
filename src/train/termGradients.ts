/** What each term gives to an update's gradient: the step's own passes, each time with the weight of one term alone. */
import * as tf from '@tensorflow/tfjs';
import type { ArmLedger, LedgerPart } from '../config/ledger';
import { ProblemError } from '../config/problems';
import { keepUp } from '../kernels/backends/keepUp';
import { partAlignment } from '../kernels/backends/storage';
import type { TermId } from '../methods/registry';
import { isOfHead } from '../model/parameterNames';
import type { TrainedArm } from './model';
import { ownerOfParameter } from './pairs';
import { isTrained, spansOf, termReaches } from './reach';
import type { StepPasses } from './stepPasses';

/** Of the gradients that are held at once, in bytes: those of all terms of a student. */
export const mostGradientBytes = 512 * 1024 * 1024;

/** Where a part of a student lies: from and to, in blocks of 64 numbers. */
type Blocks = [from: number, to: number][];

export interface Looked {
  passes: StepPasses;
  arms: readonly TrainedArm[];
  /** Batches of one update. */
  accumulation: number;
  /** Writes one of them, counted from 0, as the update will. */
  write: (micro: number) => void;
  /** True once a number has been moved: what is left is of another update. */
  isMoved: () => boolean;
}

/**
 * The step is the update that comes next: its batches, masks and draws of dropout, the parameters of before it. It is not
 * taken, and it writes over what the passes leave on the device.
 * @param pause awaited between passes; what it throws ends it
 * @returns by arm; null where a number was moved on the way
 * @throws ProblemError ledgerTooLarge
 */
export async function termGradients(
  { passes, arms, accumulation, write, isMoved }: Looked,
  pause: () => Promise<void>,
): Promise<Record<string, ArmLedger> | null> {
  write(0);
  const terms = arms.map((_, i) => passes.weighted(i));
  for (const [i, { arm, weights }] of arms.entries()) {
    const bytes = 4 * weights.size * terms[i].length;
    if (bytes > mostGradientBytes)
      throw new ProblemError('ledgerTooLarge', { arm: arm.id, bytes, most: mostGradientBytes });
  }
  const parts = arms.map((model, i) => partsIn(model, terms[i]));
  let held: tf.Tensor1D[] = [];
  const dots: tf.Tensor1D[] = [];
  try {
    // One student at a time, so that no more than its gradients are held.
    for (const [i, { gradients }] of arms.entries()) {
      for (let micro = 0; micro < accumulation; micro++) {
        // What was written for the first student is there for all where there is one batch.
        if (i === 0 || accumulation > 1) {
          write(micro);
          passes.teachers();
        }
        for (const [k, term] of terms[i].entries()) {
          passes.arm(i, term);
          const before = held[k];
          const own = tf.tidy(() => {
            const scaled = gradients.mul(1 / accumulation);
            return (before ? before.add(scaled) : scaled) as tf.Tensor1D;
          });
          held[k] = own;
          before?.dispose();
          await keepUp();
          await pause();
          if (isMoved()) return null;
        }
      }
      const blocks = parts[i].map(({ blocks }) => blocks);
      if (held.length > 0) dots.push(tf.tidy(() => dotsOf(held, blocks)));
      tf.dispose(held);
      held = [];
    }
    return named(arms, terms, parts, await read(dots));
  } finally {
    passes.end();
    tf.dispose([...dots, ...held]);
  }
}

/**
 * The products of all gradients [P] with each other, i ≤ j, part by part: [parts · K (K + 1) / 2]. Sums go over blocks first,
 * so that none runs over millions of float32.
 */
export function dotsOf(gradients: readonly tf.Tensor1D[], parts: readonly Blocks[]): tf.Tensor1D {
  const pairs = gradients.flatMap((one, i) => gradients.slice(i).map((other) => [one, other] as const));
  const sums = pairs.map(([one, other]) => tf.tidy(() => one.mul(other).reshape([-1, partAlignment]).sum(1)));
  const all = tf.stack(sums) as tf.Tensor2D;
  return tf.concat(
    parts.map((blocks) => {
      const own = blocks.map(([from, to]) => all.slice([0, from], [-1, to - from]).sum(1));
      return own.reduce((sum, one) => sum.add(one)) as tf.Tensor1D;
    }),
  );
}

/** One read for all students. */
async function read(dots: readonly tf.Tensor1D[]): Promise<ArrayLike<number>> {
  if (dots.length === 0) return [];
  const all = tf.concat([...dots]);
  try {
    return await all.data();
  } finally {
    all.dispose();
  }
}

function named(
  arms: readonly TrainedArm[],
  terms: readonly TermId[][],
  parts: readonly { part: LedgerPart }[][],
  values: ArrayLike<number>,
): Record<string, ArmLedger> {
  let at = 0;
  return Object.fromEntries(
    arms.map(({ arm }, i) => {
      const pairs = (terms[i].length * (terms[i].length + 1)) / 2;
      const dots = parts[i].map(() => Array.from({ length: pairs }, () => values[at++]));
      return [arm.id, { terms: terms[i], parts: parts[i].map(({ part }) => part), dots }];
    }),
  );
}

/** The parts of a student that a term reaches and that are trained, from the input on. */
function partsIn(model: TrainedArm, terms: readonly TermId[]): { part: LedgerPart; blocks: Blocks }[] {
  const { pair, shape, weights } = model;
  const found = new Map<LedgerPart, Blocks>();
  for (const span of spansOf(weights)) {
    const isReached = terms.some((term) => termReaches(term, span.name, shape.layers, pair));
    if (!isReached || !isTrained(model, span)) continue;
    const part = partOf(span.name, model);
    const blocks = found.get(part) ?? [];
    const from = Math.floor(span.from / partAlignment);
    const to = Math.ceil(span.to / partAlignment);
    const last = blocks[blocks.length - 1];
    // Packed queries, keys and values may share a block, which counts once.
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else blocks.push([from, to]);
    found.set(part, blocks);
  }
  const layers = Array.from({ length: shape.layers }, (_, layer): LedgerPart => `layer.${layer + 1}`);
  const order: LedgerPart[] = ['embeddings', ...layers, 'head', 'beside'];
  return order.flatMap((part) => {
    const blocks = found.get(part);
    return blocks ? [{ part, blocks }] : [];
  });
}

function partOf(name: string, { pair }: Pick<TrainedArm, 'pair'>): LedgerPart {
  if (ownerOfParameter(name, pair) !== null) return 'beside';
  if (isOfHead(name)) return 'head';
  const [, layer] = /^bert\.encoder\.layer\.(\d+)\./.exec(name) ?? [];
  return layer ? `layer.${Number(layer) + 1}` : 'embeddings';
}
