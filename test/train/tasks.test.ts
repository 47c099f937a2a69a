import { testBackends } from '../support/backends';
import { describeTasks } from './describeTasks';

for (const backend of testBackends) describeTasks(backend);
