import { testBackends } from '../support/backends';
import { describeHeads } from './describeHeads';

for (const backend of testBackends) describeHeads(backend);
