import { testBackends } from '../support/backends';
import { describeRelationLoss } from './describeRelationLoss';

for (const backend of testBackends) describeRelationLoss(backend);
