import { testBackends } from '../support/backends';
import { describeGoldens } from './describeGoldens';

for (const backend of testBackends) describeGoldens(backend);
