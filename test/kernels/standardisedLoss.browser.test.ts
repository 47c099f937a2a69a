import { testBackends } from '../support/backends';
import { describeStandardisedLoss } from './describeStandardisedLoss';

for (const backend of testBackends) describeStandardisedLoss(backend);
