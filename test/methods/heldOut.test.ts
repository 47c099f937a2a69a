/** Held-out means of every term, in every way of computing it, don't depend on how sequences are divided into batches. */
import { expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import type { Batch } from '../../src/data/batches';
import {
  choiceIds,
  optionsOf,
  ownerOfChoice,
  type TermId,
  termIds,
  termOf,
} from '../../src/methods/registry';
import { softTargetKinds } from '../../src/methods/softTargets';
import { Evaluator } from '../../src/train/evaluation';
import { setArm, trainedArm } from '../../src/train/model';
import { startingWeights } from '../../src/train/startingWeights';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { golden, goldenStep, heldOutBatches } from '../train/goldenStep';

const when = { step: 3, steps: 10, micro: 0, epoch: 1, seed: 1 };
const weightsOf = (terms: readonly TermId[]) => Object.fromEntries(terms.map((term) => [term, 1]));

/** Only words of even ids are asked: means over those that are asked and over all tokens differ. */
function thinned(batch: Batch): Batch {
  const maskedWeights = batch.maskedWeights.map((weight, m) => (batch.labels[m] % 2 === 0 ? weight : 0));
  return { ...batch, maskedWeights, maskedCount: maskedWeights.reduce((sum, weight) => sum + weight) };
}

/** All terms at once by first choices; then the terms of a method by each of its other choices. */
function armsOf(base: Arm): Arm[] {
  // Relation heads that cut the width into equal parts.
  const plain = { ...base, weights: weightsOf(termIds), dials: { relationHeads: 4 } };
  const chosen = choiceIds.flatMap((id) => {
    const terms = termIds.filter((term) => termOf(term).owner === ownerOfChoice(id));
    const others = terms.length > 0 ? optionsOf(id).slice(1) : [];
    return others.map((option) => ({ weights: weightsOf(terms), choices: { [id]: option } }));
  });
  // Where padding is left out all ways of comparing attention and states have means of their own.
  const without = optionsOf('attention').flatMap((attention) =>
    optionsOf('heads').map((heads) => ({
      weights: weightsOf(['attn', 'embd', 'hidn']),
      choices: { padding: 'leftOut', attention, heads },
    })),
  );
  const controls = softTargetKinds
    .filter((kind) => kind !== 'teacher')
    .map((softTargets) => ({ weights: weightsOf(['ce', 'jsd']), softTargets }));
  const changes = [...chosen, ...without, ...controls, { positions: 'masked' as const }];
  return [plain, ...changes.map((change, i) => ({ ...plain, id: `way-${i}`, ...change }))];
}

describeOn('wasm', 'held-out means', () => {
  it('are the same however many sequences are in a batch, for every term and choice', async () => {
    const { arm, teacher } = goldenStep({ ce: 1 }, 1);
    const shape = { ...teacher.shape, layers: golden.studentLayers };
    const arms = armsOf(arm).map((one) => {
      const weights = startingWeights(
        one,
        shape,
        { shape: teacher.shape, weights: new Map() },
        teacher.shape,
        1,
      );
      // Ten times BERT's: at their own size a model this small says the same of everything.
      for (const { data } of weights.values()) for (const i of data.keys()) data[i] *= 10;
      const model = trainedArm(one, shape, weights, teacher.shape);
      setArm(model, one, when);
      return model;
    });
    const meansBy = async (size: number) => {
      const options = { seed: 1, keep: false, pause: async () => {} };
      const { arms: figures } = await new Evaluator([teacher], arms).evaluate(
        heldOutBatches(size).map(thinned),
        options,
      );
      return Object.fromEntries(Object.entries(figures).map(([id, { losses }]) => [id, losses.terms]));
    };
    const whole = await meansBy(golden.heldOut.ids.length);
    expect(Object.keys(whole.student)).toEqual(termIds);
    // Of 3 and of 5 the last batch is filled up; of 20 most of the only one.
    for (const size of [1, 3, 4, 5, 20]) {
      for (const [id, terms] of Object.entries(await meansBy(size))) {
        for (const [term, mean] of Object.entries(terms)) {
          const { choices, softTargets } = arms.find(({ arm }) => arm.id === id)!.arm;
          const what = `${term}, ${JSON.stringify(choices)}, ${softTargets}, ${size} at a time`;
          expect(Math.abs(mean), what).toBeGreaterThan(0);
          // The control's permutation is drawn once for an evaluation.
          closeTo([mean], [whole[id][term as TermId]!], 1e-5, what);
        }
      }
    }
  });
});
