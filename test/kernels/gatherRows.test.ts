import { testBackends } from '../support/backends';
import { describeGatherRows } from './describeGatherRows';

for (const backend of testBackends) describeGatherRows(backend);
