import { testBackends } from '../support/backends';
import { describeEvaluation } from './describeEvaluation';

for (const backend of testBackends) describeEvaluation(backend);
