import { testBackends } from '../support/backends';
import { describeControls } from './describeControls';

for (const backend of testBackends) describeControls(backend);
