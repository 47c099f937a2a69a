import { testBackends } from '../support/backends';
import { describeMatMul, describeMatMulVariants } from './describeMatMul';

for (const backend of testBackends) describeMatMul(backend);
describeMatMulVariants();
