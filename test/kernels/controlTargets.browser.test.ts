import { testBackends } from '../support/backends';
import { describeControlTargets } from './describeControlTargets';

for (const backend of testBackends) describeControlTargets(backend);
