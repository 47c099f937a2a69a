import { testBackends } from '../support/backends';
import { describeTaskStep } from './describeTaskStep';

for (const backend of testBackends) describeTaskStep(backend);
