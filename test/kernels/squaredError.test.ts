import { testBackends } from '../support/backends';
import { describeSquaredError } from './describeSquaredError';

for (const backend of testBackends) describeSquaredError(backend);
