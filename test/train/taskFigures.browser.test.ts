import { testBackends } from '../support/backends';
import { describeTaskFigures } from './describeTaskFigures';

for (const backend of testBackends) describeTaskFigures(backend);
