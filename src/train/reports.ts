/** Losses and gradient norms of the last updates: noted on the device, read now and then, and checked. */
import type * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import { termsOf } from '../config/objective';
import { ProblemError } from '../config/problems';
import type { ArmLosses, StepPoint } from '../config/results';
import { type Block, disposeBlock, makeBlock, readStored } from '../kernels/backends/storage';
import { type ReadingId, readingsOf, type TermId } from '../methods/registry';
import { slotCount, slotOf } from './slots';

/** Rows of the ring; a read begins by itself when all are taken. */
const slots = 64;
/** Total, the slots (0 where absent), gradient norm. */
const width = slotCount + 2;

interface NotedArm {
  id: string;
  terms: TermId[];
  /** What is read beside the losses, from the device, and what was written there by a schedule. */
  readings: ReadingId[];
  scheduled: Record<string, number>;
}

/** What is known of an update without asking the device. */
interface Noted {
  step: number;
  learningRate: number;
  arms: NotedArm[];
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
  note(step: number, learningRate: number, arms: Arm[], scheduled: Record<string, number>[] = []) {
    const noted = arms.map((arm, i) => {
      const terms = termsOf(arm);
      return { id: arm.id, terms, readings: readingsOf(terms), scheduled: scheduled[i] ?? {} };
    });
    this.noted.push({ step, learningRate, arms: noted });
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
        arms.map((arm) => {
          const at = this.block.offsets[arm.id] + this.slotOf(step - 1) * width;
          return [arm.id, lossesOf(values.subarray(at, at + width), arm, step)];
        }),
      ),
    }));
  }
}

function lossesOf(
  values: Float32Array,
  { id: arm, terms: present, readings, scheduled }: NotedArm,
  step: number,
) {
  const terms: ArmLosses['terms'] = {};
  for (const term of present) terms[term] = values[1 + slotOf(term)];
  const read = Object.fromEntries(readings.map((reading) => [reading, values[1 + slotOf(reading)]]));
  const beside = { ...read, ...scheduled };
  const losses: ArmLosses = {
    total: values[0],
    terms,
    gradientNorm: values[width - 1],
    ...(Object.keys(beside).length > 0 ? { readings: beside } : {}),
  };
  const broken = present.find((term) => !Number.isFinite(terms[term]));
  if (broken) throw new ProblemError('lossNotFinite', { step, arm, term: broken });
  if (!Number.isFinite(losses.total) || !Number.isFinite(losses.gradientNorm)) {
    throw new ProblemError('gradientNotFinite', { step, arm });
  }
  return losses;
}
