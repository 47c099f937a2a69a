import { testBackends } from '../support/backends';
import { describeDecoupledLoss } from './describeDecoupledLoss';

for (const backend of testBackends) describeDecoupledLoss(backend);
