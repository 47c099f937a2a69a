import { testBackends } from '../support/backends';
import { describeVocabularyLoss } from './describeVocabularyLoss';

for (const backend of testBackends) describeVocabularyLoss(backend);
