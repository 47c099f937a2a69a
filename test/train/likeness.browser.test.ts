import { testBackends } from '../support/backends';
import { describeLikeness } from './describeLikeness';

for (const backend of testBackends) describeLikeness(backend);
