import { testBackends } from '../support/backends';
import { describeLogitDistance } from './describeLogitDistance';

for (const backend of testBackends) describeLogitDistance(backend);
