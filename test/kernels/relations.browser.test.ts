import { testBackends } from '../support/backends';
import { describeRelations } from './describeRelations';

for (const backend of testBackends) describeRelations(backend);
