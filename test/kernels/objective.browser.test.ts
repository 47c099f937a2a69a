import { testBackends } from '../support/backends';
import { describeObjective } from './describeObjective';

for (const backend of testBackends) describeObjective(backend);
