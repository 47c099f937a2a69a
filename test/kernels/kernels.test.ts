import { testBackends } from '../support/backends';
import { describeBatchMatMul } from './describeBatchMatMul';
import { describeGelu } from './describeGelu';

for (const backend of testBackends) {
  describeGelu(backend);
}
describeBatchMatMul();
