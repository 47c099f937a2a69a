import { testBackends } from '../support/backends';
import { describeTrainer } from './describeTrainer';

for (const backend of testBackends) describeTrainer(backend);
