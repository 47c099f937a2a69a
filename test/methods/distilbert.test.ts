import { testBackends } from '../support/backends';
import { describeDistilbert } from './describeDistilbert';

for (const backend of testBackends) describeDistilbert(backend);
