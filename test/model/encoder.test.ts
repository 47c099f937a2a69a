import { testBackends } from '../support/backends';
import { describeEncoder } from './describeEncoder';

for (const backend of testBackends) describeEncoder(backend);
