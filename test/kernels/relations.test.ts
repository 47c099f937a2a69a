import { it } from 'vitest';
import { relationsGradientKernel, relationsKernel } from '../../src/kernels/relations/kernel';
import { testBackends } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { noise, referenceOf } from './checkKernel';
import { describeRelations } from './describeRelations';
import { differentiate } from './differentiate';

for (const backend of testBackends) describeRelations(backend);

it("the reference of the relations' gradient is the derivative of their forward reference", () => {
  const attributes = { heads: 3, length: 4 };
  const x = noise([8, 6], 1);
  const dscores = noise([3, 2, 4, 4], 2);
  const [dx] = referenceOf(relationsGradientKernel, { dscores, x }, attributes).outputs;
  closeTo(dx, differentiate(relationsKernel, { x }, attributes, [dscores.values], 'x'), 1e-7);
});
