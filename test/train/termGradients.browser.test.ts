import { testBackends } from '../support/backends';
import { describeTermGradients } from './describeTermGradients';

for (const backend of testBackends) describeTermGradients(backend);
