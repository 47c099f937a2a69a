import { testBackends } from '../support/backends';
import { describeDropout } from './describeDropout';

for (const backend of testBackends) describeDropout(backend);
