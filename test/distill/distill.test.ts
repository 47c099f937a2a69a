import { testBackends } from '../support/backends';
import { describeDistilbert } from './describeDistilbert';
import { describeShuffledTeacher } from './describeShuffledTeacher';

for (const backend of testBackends) {
  describeDistilbert(backend);
  describeShuffledTeacher(backend);
}
