import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { planOf } from '../../src/config/objective';
import type { BackendName } from '../../src/config/results';
import { cosinesOf, crossOf, debiasedCka, levelsOf, unitRows } from '../../src/train/likeness';
import { likeness as golden } from '../golden/likeness';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { copyOfTeacher, deeper, distilled, tinyTrainer, trained } from './tinyExperiment';

const pause = async () => {};
const { widths, masks } = golden;

/** The states of one model on one batch, without padding. */
const statesOf = (of: 'student' | 'teacher' | 'wide', batch: number) =>
  golden[of][batch].map((values) => {
    const width = widths[of];
    const rows = masks[batch].flatMap((held, row) =>
      held ? [values.slice(row * width, (row + 1) * width)] : [],
    );
    return tf.tensor2d(rows, [rows.length, width]);
  });

const numbers = async (tensor: tf.Tensor) => Array.from(await tensor.data());

/** Narrower than the teacher, with a projection that is trained, and without. */
const narrow: Arm = {
  ...deeper,
  id: 'narrow',
  student: { ...deeper.student, hiddenSize: 4 },
  ...planOf({ ce: 1, hidn: 1 }, { temperature: 2, mapping: [1, 2] }),
};
const apart: Arm = { ...narrow, id: 'apart', weights: { ce: 1 } };

export function describeLikeness(backend: BackendName) {
  describeOn(backend, 'likeness of layers', () => {
    it('is the debiased linear CKA of NumPy, of widths that differ and batches with padding', async () => {
      const sums = await Promise.all(
        masks.map(async (values, batch) => {
          const tokens = values.reduce((sum, one) => sum + one, 0);
          const [student, teacher] = (['student', 'teacher'] as const).map((of) =>
            levelsOf(statesOf(of, batch)),
          );
          return {
            tokens,
            student: await numbers(student.own),
            teacher: await numbers(teacher.own),
            cross: await numbers(crossOf(student, teacher)),
          };
        }),
      );
      const found = debiasedCka(sums, 3, 4);
      closeTo(found.flat() as number[], golden.cka.flat(), 1e-4);
      // What the plain estimate makes of so few tokens is something else.
      expect(
        Math.max(...golden.plainOfFirstBatch.flat().map((plain, i) => plain - golden.cka.flat()[i])),
      ).toBeGreaterThan(0.2);
    });

    it('has NumPy’s mean cosines of levels as wide as the teacher’s', async () => {
      const sums = new Array<number>(8).fill(0);
      let tokens = 0;
      for (const [batch, values] of masks.entries()) {
        const [wide, teacher] = (['wide', 'teacher'] as const).map((of) => statesOf(of, batch).map(unitRows));
        for (const [i, sum] of (await numbers(cosinesOf(wide, teacher))).entries()) sums[i] += sum;
        tokens += values.reduce((sum, one) => sum + one, 0);
      }
      closeTo(
        sums.map((sum) => sum / tokens),
        golden.cosine.flat(),
        1e-5,
      );
    });

    it('is 1 of a copy with its original, and leaves nothing on the device but the teacher’s levels', async () => {
      const trainer = tinyTrainer([copyOfTeacher, deeper]);
      const { arms, sequences, tokens } = await trainer.compareLayers('now', pause);
      expect(tokens).toBeGreaterThan(sequences);
      const { copy, distilled: fresh } = arms;
      for (const level of [0, 1, 2]) {
        expect(copy.cka[level][level]).toBeCloseTo(1, 4);
        expect(copy.cosine[level]![level]).toBeCloseTo(1, 4);
        expect(copy.through[level]).toBe('itself');
      }
      // Rows are the student's levels.
      expect(copy.cka[0][2]).toBeCloseTo(copy.cka[2][0]!, 4);
      expect(fresh.cka[2][2]).toBeLessThan(0.9);
      const { numTensors } = tf.memory();
      expect(await trainer.compareLayers('now', pause)).toEqual({ arms, sequences, tokens });
      expect(await trainer.compareLayers('start', pause)).toEqual({ arms, sequences, tokens });
      await expect(trainer.compareLayers('now', () => Promise.reject(new Error('enough')))).rejects.toThrow(
        'enough',
      );
      expect(tf.memory().numTensors).toBe(numTensors);
      trainer.dispose();
    });

    it('knows what students were before the first update, and changes no bit of the training', async () => {
      const [trainer, alone] = [tinyTrainer([distilled]), tinyTrainer([distilled])];
      const before = await trainer.compareLayers('now', pause);
      await trained(trainer, 3);
      await trained(alone, 3);
      const now = await trainer.compareLayers('now', pause);
      expect(now).not.toEqual(before);
      expect(await trainer.compareLayers('start', pause)).toEqual(before);
      await trained(trainer, 2);
      await trained(alone, 2);
      expect(await trainer.takeSnapshot()).toEqual(await alone.takeSnapshot());
      for (const one of [trainer, alone]) one.dispose();
    });

    it('takes cosines by the trained projection where widths differ, and none where there is no way', async () => {
      const trainer = tinyTrainer([narrow, apart, { ...copyOfTeacher, weights: { ce: 1, hidn: 1 } }]);
      const { arms } = await trainer.compareLayers('now', pause);
      expect(arms.narrow.through).toEqual(['projection', 'projection', 'projection']);
      expect(arms.narrow.cosine[1]).toHaveLength(3);
      expect(arms.apart.cosine).toEqual([null, null, null]);
      expect(arms.apart.cka).toEqual(arms.narrow.cka);
      // A loss compares what the projection makes of it.
      expect(arms.copy.through).toEqual(['projection', 'projection', 'projection']);
      expect(Math.abs(arms.copy.cosine[2]![2] - 1)).toBeGreaterThan(1e-3);
      trainer.dispose();
    });

    it('compares with whoever teaches: another student here', async () => {
      const pupil: Arm = { ...distilled, id: 'pupil', taughtBy: { kind: 'arm', id: 'copy' }, mapping: [1] };
      const trainer = tinyTrainer([copyOfTeacher, pupil]);
      const { arms } = await trainer.compareLayers('now', pause);
      expect(arms.pupil.cka.map((row) => row.length)).toEqual([3, 3]);
      // The copy is what the teacher is, and the pupil's one layer began as its last.
      expect(arms.pupil.mapping).toEqual([1]);
      trainer.dispose();
    });
  });
}
