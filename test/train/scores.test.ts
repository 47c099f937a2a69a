import { testBackends } from '../support/backends';
import { describeScores } from './describeScores';

for (const backend of testBackends) describeScores(backend);
