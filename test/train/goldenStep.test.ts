import { testBackends } from '../support/backends';
import { describeGoldenStep } from './describeGoldenStep';
import { describeHeldOut } from './describeHeldOut';

for (const backend of testBackends) {
  describeGoldenStep(backend);
  describeHeldOut(backend);
}
