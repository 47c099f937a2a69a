import { testBackends } from '../support/backends';
import { describeCosineLoss } from './describeCosineLoss';

for (const backend of testBackends) describeCosineLoss(backend);
