import { testBackends } from '../support/backends';
import { describeAdamW } from './describeAdamW';

for (const backend of testBackends) describeAdamW(backend);
