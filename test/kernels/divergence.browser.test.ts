import { testBackends } from '../support/backends';
import { describeDivergence } from './describeDivergence';

for (const backend of testBackends) describeDivergence(backend);
