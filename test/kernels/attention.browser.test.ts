import { testBackends } from '../support/backends';
import { describeAttention } from './describeAttention';

for (const backend of testBackends) describeAttention(backend);
