import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { type ArmLedger, type LedgerPart, pullIn } from '../../src/config/ledger';
import { planOf } from '../../src/config/objective';
import type { BackendName } from '../../src/config/results';
import { distilbertBetas } from '../../src/optim/adamw';
import { RecordedStep } from '../../src/train/recordedStep';
import { StepPasses } from '../../src/train/stepPasses';
import { dotsOf, termGradients } from '../../src/train/termGradients';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { batches, type GoldenTerm, golden, goldenStep, weightsOfGolden } from './goldenStep';
import { armSettings, deeper, distilled, tinyTrainer, trained, twin } from './tinyExperiment';

const pause = async () => {};

/** All products of a part with the terms of step.json, whose `hidn` is two terms today: [6 · 6]. */
function asGolden(arm: ArmLedger, part: LedgerPart): number[] {
  const own = arm.dots[arm.parts.indexOf(part)];
  const place = (i: number, j: number) => {
    const [low, high] = [Math.min(i, j), Math.max(i, j)];
    return own[low * arm.terms.length - (low * (low - 1)) / 2 + high - low];
  };
  const of = golden.ledger.terms.map((term) =>
    (term === 'hidn' ? (['embd', 'hidn'] as const) : [term as Exclude<GoldenTerm, 'hidn'>]).map((name) =>
      arm.terms.indexOf(name),
    ),
  );
  const products = (a: number[], b: number[]) => a.flatMap((i) => b.map((j) => place(i, j)));
  return of.flatMap((a) => of.map((b) => products(a, b).reduce((sum, product) => sum + product, 0)));
}

/** Its embeddings and its head are the teacher’s, and stay so. */
const theseus: Arm = {
  ...deeper,
  id: 'theseus',
  student: { ...deeper.student, tokenTypes: true },
  ...planOf({ mlm: 1 }, { temperature: 1, mapping: [1, 2] }),
  choices: { blocks: 'replacing' },
};

export function describeTermGradients(backend: BackendName) {
  describeOn(backend, 'gradients of terms', () => {
    it('are PyTorch’s, part by part, over the two batches of an update', async () => {
      const { model, step, ring } = goldenStep(weightsOfGolden(golden.objective), golden.accumulation);
      const recorded = backend === 'webgpu' ? new RecordedStep(step) : null;
      await recorded?.compile();
      const training = { weightDecay: 0, clipNorm: 1, seed: 1, steps: 10 };
      const write = (micro: number) =>
        step.write(batches[micro], micro, {
          ...{ step: 0, epoch: 0, learningRate: 0, training },
          betas: distilbertBetas,
        });
      const passes = new StepPasses(step, recorded);
      const looked = {
        passes,
        arms: [model],
        accumulation: golden.accumulation,
        write,
        isMoved: () => false,
      };
      const { student } = (await termGradients(looked, pause))!;
      expect([...student.parts].sort()).toEqual(Object.keys(golden.ledger.dots).sort());
      for (const [part, products] of Object.entries(golden.ledger.dots)) {
        const largest = Math.max(...products);
        const own = asGolden(student, part as LedgerPart);
        const error = Math.max(...own.map((value, i) => Math.abs(value - products[i])));
        expect(error, part).toBeLessThan(1e-4 * largest);
      }
      // The step's own gradient before clipping is their sum.
      expect(pullIn(student, 'all')!.normOfSum / golden.updates[0].gradientNorm).toBeCloseTo(1, 5);
      recorded?.dispose();
      step.dispose();
      ring.dispose();
    });

    it('add up to the gradient of the update that follows, of every arm, with dropout and several batches', async () => {
      const trainer = tinyTrainer([distilled, twin, { ...deeper, id: 'deeper' }], {
        accumulation: 2,
        dropout: 0.1,
      });
      await trained(trainer, 1);
      const found = (await trainer.termGradients(pause))!;
      expect(found.distilled.terms).toEqual(['ce', 'mlm', 'cos']);
      expect(found.twin.terms).toEqual(['mlm']);
      const [{ arms }] = await trained(trainer, 1);
      for (const [id, { gradientNorm }] of Object.entries(arms)) {
        expect(pullIn(found[id], 'all')!.normOfSum / gradientNorm!).toBeCloseTo(1, 4);
      }
      // It was clipped by nothing that is known here: the norm is that before.
      expect(pullIn(found.twin, 'layer.1')!.kept).toBeCloseTo(1, 5);
      expect(found.distilled.parts).toEqual(['embeddings', 'layer.1', 'head']);
      expect(pullIn(found.distilled, 'head')!.norm(2)).toBe(0);
      trainer.dispose();
    });

    it('leave the training as it is, to the last bit, and nothing on the device', async () => {
      const changes = { accumulation: 2, dropout: 0.2 };
      const [looked, alone] = [tinyTrainer(undefined, changes), tinyTrainer(undefined, changes)];
      for (const trainer of [looked, alone]) await trainer.prepare();
      const points = [];
      await looked.termGradients(pause);
      const { numTensors } = tf.memory();
      for (let update = 0; update < 4; update++) {
        await looked.termGradients(pause);
        if (update === 2) {
          for (const trainer of [looked, alone]) trainer.adjust(armSettings(0, { temperature: 3 }));
        }
        points.push([await trained(looked, 1), await trained(alone, 1)]);
      }
      await looked.termGradients(pause);
      expect(tf.memory().numTensors).toBe(numTensors);
      for (const [own, other] of points) expect(own).toEqual(other);
      expect(await looked.takeSnapshot()).toEqual(await alone.takeSnapshot());
      expect(await looked.evaluate('sample', pause)).toEqual(await alone.evaluate('sample', pause));
      for (const one of [looked, alone]) one.dispose();
    });

    it('are of one update: none where a number is moved on the way, and nothing is left where it ends', async () => {
      const trainer = tinyTrainer([distilled]);
      await trainer.termGradients(pause);
      const { numTensors } = tf.memory();
      const moved = trainer.termGradients(async () => {
        trainer.adjust(armSettings(0, { weights: { cos: 2 } }));
      });
      expect(await moved).toBeNull();
      await expect(trainer.termGradients(() => Promise.reject(new Error('enough')))).rejects.toThrow(
        'enough',
      );
      expect(tf.memory().numTensors).toBe(numTensors);
      // A weight that is 0 has no part in it; the moved one has.
      const before = (await trainer.termGradients(pause))!.distilled;
      trainer.adjust(armSettings(0, { weights: { mlm: 0, cos: 4 } }));
      const after = (await trainer.termGradients(pause))!.distilled;
      expect(after.terms).toEqual(['ce', 'cos']);
      const cos = (arm: ArmLedger) => pullIn(arm, 'layer.1')!.norm(arm.terms.indexOf('cos'));
      expect(cos(after) / cos(before)).toBeCloseTo(2, 4);
      trainer.dispose();
    });

    it('have no part in what a method freezes', async () => {
      const trainer = tinyTrainer([theseus]);
      const found = (await trainer.termGradients(pause))!.theseus;
      expect(found.parts).toEqual(['layer.1', 'layer.2']);
      trainer.dispose();
    });

    it('are multiplied block by block', async () => {
      const rows = [1, 2].map((step) => Array.from({ length: 256 }, (_, i) => ((i * step) % 7) - 3));
      const product = (a: number[], b: number[], from: number, to: number) =>
        a.slice(from, to).reduce((sum, value, i) => sum + value * b[from + i], 0);
      const [a, b] = rows;
      const found = await tf
        .tidy(() =>
          dotsOf(
            rows.map((row) => tf.tensor1d(row)),
            [
              [
                [0, 1],
                [3, 4],
              ],
              [[1, 3]],
            ],
          ),
        )
        .data();
      const inFirst = (x: number[], y: number[]) => product(x, y, 0, 64) + product(x, y, 192, 256);
      closeTo(
        Array.from(found),
        [
          ...[inFirst(a, a), inFirst(a, b), inFirst(b, b)],
          ...[product(a, a, 64, 192), product(a, b, 64, 192), product(b, b, 64, 192)],
        ],
        1e-6,
      );
    });
  });
}
