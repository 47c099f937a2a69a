import { expect, it } from 'vitest';
import type { Arm, Experiment } from '../../src/config/experiment';
import type { BackendName, StepPoint } from '../../src/config/results';
import { wordsOf } from '../../src/data/batchSource';
import { Course } from '../../src/train/course';
import { Trainer } from '../../src/train/trainer';
import { describeOn, testBackends } from '../support/backends';
import { corpus, distilled, experimentOf, teacher, twin } from './tinyExperiment';

const forked: Arm = {
  ...distilled,
  id: 'forked',
  temperature: 6,
  weights: { ce: 5, mlm: 2, hidn: 1 },
  fork: { of: 'distilled', step: 3 },
};
/** A fork of a fork, which stands before it. */
const again: Arm = { ...forked, id: 'again', temperature: 1, fork: { of: 'forked', step: 5 } };

const source = wordsOf(corpus);
const begin = (experiment: Experiment, options?: Parameters<typeof Course.begin<null>>[2]) =>
  Course.begin<null>(
    experiment,
    {
      read: async () => null,
      make: (stage, _, before) => new Trainer(stage, source, teacher, [], { before }),
    },
    options,
  );
type Run = Awaited<ReturnType<typeof begin>>;

async function updates(course: Run, count: number): Promise<StepPoint[]> {
  const points: StepPoint[] = [];
  for (let i = 0; i < count; i++) {
    if (course.isAtBorder) await course.goOn();
    await course.prepare();
    course.trainStep();
    points.push(...(await course.readPoints()));
  }
  return points;
}

/** What an arm is after so many updates, with its moments. */
async function stateOf(course: Run, arm: string) {
  const { arms } = await course.takeSnapshot();
  return arms[arm];
}

function describeForking(backend: BackendName) {
  describeOn(backend, 'arms that come from others', () => {
    it('is the arm that it comes from to the bit until it goes its own way', async () => {
      const course = await begin(experimentOf([distilled, forked, twin]));
      const points = await updates(course, 3);
      for (const { arms } of points) expect(arms.forked).toEqual(arms.distilled);
      const point = await course.evaluate('sample', async () => {});
      expect(point.arms.forked).toEqual(point.arms.distilled);
      expect(Object.keys((await course.takeSnapshot()).arms)).toEqual(['distilled', 'twin']);
      const [next] = await updates(course, 1);
      // The first losses of its own are at its own temperature, of the weights that both had.
      expect(next.arms.forked.terms.mlm).toBe(next.arms.distilled.terms.mlm);
      expect(next.arms.forked.terms.ce).not.toBe(next.arms.distilled.terms.ce);
      expect(next.arms.forked.terms.hidn).toBeGreaterThan(0);
      const after = await updates(course, 1);
      expect(after[0].arms.forked.terms.mlm).not.toBe(after[0].arms.distilled.terms.mlm);
      course.dispose();
    });

    it('changes no bit of what the others come to', async () => {
      const alone = await begin(experimentOf([distilled, twin]));
      const together = await begin(experimentOf([again, distilled, forked, twin]));
      const [expected, points] = [await updates(alone, 8), await updates(together, 8)];
      for (const arm of ['distilled', 'twin']) {
        expect(points.map(({ arms }) => arms[arm])).toEqual(expected.map(({ arms }) => arms[arm]));
        expect(await stateOf(together, arm)).toEqual(await stateOf(alone, arm));
      }
      for (const course of [alone, together]) course.dispose();
    });

    it.each([2, 3, 4, 5, 7])(
      'goes on from a checkpoint after step %i as it would from step 0',
      async (kept) => {
        const experiment = experimentOf([again, distilled, forked, twin]);
        const whole = await begin(experiment);
        await updates(whole, kept);
        const snapshot = await whole.takeSnapshot();
        const expected = await updates(whole, 8 - kept);
        const resumed = await begin(experiment, { snapshot });
        expect(await updates(resumed, 8 - kept)).toEqual(expected);
        expect(await resumed.takeSnapshot()).toEqual(await whole.takeSnapshot());
        for (const course of [whole, resumed]) course.dispose();
      },
    );

    it('leaves a state that knows nothing of it, from which an experiment that adds it goes on', async () => {
      const before = await begin(experimentOf([distilled, twin]));
      await updates(before, 2);
      const snapshot = await before.takeSnapshot();
      const [added, whole] = [
        await begin(experimentOf([distilled, twin, forked]), { snapshot }),
        await begin(experimentOf([distilled, twin, forked])),
      ];
      await updates(added, 6);
      await updates(whole, 8);
      expect(await added.takeSnapshot()).toEqual(await whole.takeSnapshot());
      for (const course of [before, added, whole]) course.dispose();
    });

    it('goes back to before it went its own way, and on again', async () => {
      const course = await begin(experimentOf([distilled, forked]));
      await updates(course, 2);
      const snapshot = await course.takeSnapshot();
      const expected = await updates(course, 4);
      course.restore(snapshot);
      expect(await updates(course, 4)).toEqual(expected);
      course.restore(null);
      expect((await updates(course, 6)).slice(2)).toEqual(expected);
      course.dispose();
    });

    it('hears of live numbers by the places that arms have in the whole', async () => {
      const settings = [
        { path: 'arms.1.temperature', value: 3 },
        { path: 'arms.0.temperature', value: 9 },
      ];
      const moved = await begin(experimentOf([{ ...forked }, distilled]));
      moved.adjust(settings);
      const from0 = await begin(
        experimentOf([
          { ...forked, temperature: 9 },
          { ...distilled, temperature: 3 },
        ]),
      );
      expect(await updates(moved, 5)).toEqual(await updates(from0, 5));
      expect(moved.experiment).toEqual(from0.experiment);
      for (const course of [moved, from0]) course.dispose();
    });

    it('comes off at the end of a stage, or within a later one', async () => {
      const {
        later: _later,
        id: _id,
        student: _student,
        initialisation: _start,
        fork: _fork,
        ...plan
      } = forked;
      const staged = (step: number): Experiment => {
        const first = experimentOf([distilled, { ...forked, fork: { of: 'distilled', step } }], { steps: 4 });
        return {
          ...first,
          later: [{ text: first.text, training: { ...first.training, steps: 4, seed: 9 } }],
          arms: first.arms.map((arm) => ({
            ...arm,
            later: [
              arm.fork
                ? { ...plan, temperature: 8 }
                : { ...plan, weights: distilled.weights, temperature: 2 },
            ],
          })),
        };
      };
      for (const step of [4, 6]) {
        const course = await begin(staged(step));
        const points = await updates(course, 8);
        const differ = points.filter(({ arms }) => arms.forked.total !== arms.distilled.total);
        expect(differ.map((point) => point.step)).toEqual(step === 4 ? [5, 6, 7, 8] : [7, 8]);
        course.dispose();
      }
    });
  });
}

for (const backend of testBackends) describeForking(backend);
