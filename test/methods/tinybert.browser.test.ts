import { testBackends } from '../support/backends';
import { describeTinybert } from './describeTinybert';

for (const backend of testBackends) describeTinybert(backend);
