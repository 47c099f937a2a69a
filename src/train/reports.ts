/** Reads the losses of updates from the device and checks them. */
import * as tf from '@tensorflow/tfjs';
import { type Arm, type LossTerm, lossTerms } from '../config/experiment';
import { ProblemError } from '../config/problems';
import type { ArmLosses, StepPoint } from '../config/results';
import { reportWidth, type StepReport } from './step';

/**
 * All reports in one read; disposes of them.
 * @throws ProblemError lossNotFinite with the step, the arm and the first term that is not a finite number;
 * gradientNotFinite where only the weighted sum or its gradient is none
 */
export async function readReports(reports: StepReport[], arms: Arm[]): Promise<StepPoint[]> {
  if (reports.length === 0) return [];
  const joined = tf.tidy(() => tf.concat(reports.map(({ values }) => values)));
  const values = await joined.data();
  tf.dispose([joined, ...reports.map((report) => report.values)]);
  const perStep = arms.length * reportWidth;
  return reports.map(({ step, learningRate, arms }, i) => ({
    step,
    learningRate,
    arms: Object.fromEntries(
      arms.map(({ id, terms }, a) => {
        const at = i * perStep + a * reportWidth;
        return [id, lossesOf(values.slice(at, at + reportWidth), terms, id, step)];
      }),
    ),
  }));
}

function lossesOf(values: ArrayLike<number>, present: LossTerm[], arm: string, step: number): ArmLosses {
  const terms: Partial<Record<LossTerm, number>> = {};
  for (const term of present) terms[term] = values[1 + lossTerms.indexOf(term)];
  const losses = { total: values[0], terms, gradientNorm: values[reportWidth - 1] };
  const broken = present.find((term) => !Number.isFinite(terms[term]));
  if (broken) throw new ProblemError('lossNotFinite', { step, arm, term: broken });
  if (!Number.isFinite(losses.total) || !Number.isFinite(losses.gradientNorm)) {
    throw new ProblemError('gradientNotFinite', { step, arm });
  }
  return losses;
}
