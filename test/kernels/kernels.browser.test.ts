import { testBackends } from '../support/backends';
import { describeBatchMatMul } from './describeBatchMatMul';
import { describeGatherRows } from './describeGatherRows';
import { describeGelu } from './describeGelu';
import { describeLayerNorm } from './describeLayerNorm';

for (const backend of testBackends) {
  describeGatherRows(backend);
  describeGelu(backend);
  describeLayerNorm(backend);
}
describeBatchMatMul();
