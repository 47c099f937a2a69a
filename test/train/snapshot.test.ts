import { testBackends } from '../support/backends';
import { describeSnapshot } from './describeSnapshot';

for (const backend of testBackends) describeSnapshot(backend);
