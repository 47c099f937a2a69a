import { testBackends } from '../support/backends';
import { describeGoldenStep } from './describeGoldenStep';

for (const backend of testBackends) describeGoldenStep(backend);
