import { expect, it } from 'vitest';
import { relationLossKernel } from '../../src/kernels/relationLoss/kernel';
import { testBackends } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { referenceOf } from './checkKernel';
import { describeRelationLoss, relationLossInputs } from './describeRelationLoss';
import { differentiate } from './differentiate';

for (const backend of testBackends) describeRelationLoss(backend);

it.each([true, false])(
  "the reference's slopes are the derivatives of its rows, heads first: %j",
  (headsFirst) => {
    const sizes = { B: 3, L: 4, heads: 2, headsFirst };
    const inputs = relationLossInputs(sizes);
    expect(inputs.mask.values).toContain(0);
    const attributes = { heads: 2, headsFirst };
    const [rows, slopes] = referenceOf(relationLossKernel, inputs, attributes).outputs;
    const derivatives = differentiate(
      relationLossKernel,
      inputs,
      attributes,
      [rows.map(() => 1), null],
      'student',
    );
    expect(slopes.some((x) => x !== 0)).toBe(true);
    closeTo(slopes, derivatives, 1e-7);
  },
);
