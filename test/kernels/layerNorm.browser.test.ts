import { testBackends } from '../support/backends';
import { describeLayerNorm } from './describeLayerNorm';

for (const backend of testBackends) describeLayerNorm(backend);
