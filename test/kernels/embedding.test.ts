import { testBackends } from '../support/backends';
import { describeEmbedding } from './describeEmbedding';

for (const backend of testBackends) describeEmbedding(backend);
