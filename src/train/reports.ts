/** Losses and gradient norms of the last updates: noted on the device, read now and then, and checked. */
import type * as tf from '@tensorflow/tfjs';
import { type Arm, type LossTerm, lossTerms } from '../config/experiment';
import { ProblemError } from '../config/problems';
import type { ArmLosses, StepPoint } from '../config/results';
import { type Block, disposeBlock, makeBlock, readStored } from '../kernels/backends/storage';

/** Rows of the ring; a read begins by itself when all are taken. */
const slots = 64;
/** Total, the terms (0 where absent), gradient norm. */
const width = lossTerms.length + 2;

/** What is known of an update without asking the device. */
interface Noted {
  step: number;
  learningRate: number;
  arms: { id: string; terms: LossTerm[] }[];
}

/** A ring of reports per arm on the device, and the list of those that were not read yet. */
export class ReportRing {
  private readonly block: Block;
  private noted: Noted[] = [];
  /** Reads under way, so that a full ring can be written again. */
  private reading: Promise<StepPoint[]>[] = [];

  constructor(private readonly arms: Arm[]) {
    this.block = makeBlock(
      Object.fromEntries(arms.map(({ id }) => [id, { shape: [slots, width], dtype: 'float32' as const }])),
    );
  }

  /** The rows of one arm, [slots, width]. */
  of(index: number): tf.Tensor2D {
    return this.block.parts[this.arms[index].id] as tf.Tensor2D;
  }

  slotOf(step: number): number {
    return step % slots;
  }

  /** To be called before an update is encoded: keeps rows from being written over. */
  makeRoom() {
    if (this.noted.length < slots) return;
    const read = this.readNoted();
    // Whoever reads the ring next hears of it.
    read.catch(() => {});
    this.reading.push(read);
  }

  /** To be called when an update is encoded. `step` counts it, from 1. */
  note(step: number, learningRate: number, arms: Arm[]) {
    const terms = arms.map(({ id, objective }) => ({
      id,
      terms: lossTerms.filter((term) => objective[term] > 0),
    }));
    this.noted.push({ step, learningRate, arms: terms });
  }

  /**
   * All reports since the last call; waits for the device.
   * @throws ProblemError lossNotFinite with the step, the arm and the first term that is not a finite number;
   * gradientNotFinite where only the weighted sum or its gradient is none
   */
  async read(): Promise<StepPoint[]> {
    const pending = [...this.reading, this.readNoted()];
    this.reading = [];
    return (await Promise.all(pending)).flat();
  }

  drop() {
    this.noted = [];
    this.reading = [];
  }

  dispose() {
    this.drop();
    disposeBlock(this.block);
  }

  private async readNoted(): Promise<StepPoint[]> {
    const noted = this.noted;
    this.noted = [];
    if (noted.length === 0) return [];
    const values = await readStored(this.block.flat);
    return noted.map(({ step, learningRate, arms }) => ({
      step,
      learningRate,
      arms: Object.fromEntries(
        arms.map(({ id, terms }) => {
          const at = this.block.offsets[id] + this.slotOf(step - 1) * width;
          return [id, lossesOf(values.subarray(at, at + width), terms, id, step)];
        }),
      ),
    }));
  }
}

function lossesOf(values: Float32Array, present: LossTerm[], arm: string, step: number): ArmLosses {
  const terms: Partial<Record<LossTerm, number>> = {};
  for (const term of present) terms[term] = values[1 + lossTerms.indexOf(term)];
  const losses = { total: values[0], terms, gradientNorm: values[width - 1] };
  const broken = present.find((term) => !Number.isFinite(terms[term]));
  if (broken) throw new ProblemError('lossNotFinite', { step, arm, term: broken });
  if (!Number.isFinite(losses.total) || !Number.isFinite(losses.gradientNorm)) {
    throw new ProblemError('gradientNotFinite', { step, arm });
  }
  return losses;
}
