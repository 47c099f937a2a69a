import { testBackends } from '../support/backends';
import { describeWithheld } from './describeWithheld';

for (const backend of testBackends) describeWithheld(backend);
