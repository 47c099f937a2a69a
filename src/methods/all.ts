/** All methods, in the order in which their terms are shown: the only list of them. */
import { annealing } from './annealing';
import { ctkd } from './ctkd';
import { distilbert } from './distilbert';
import { dkd } from './dkd';
import { hinton } from './hinton';
import { jsd } from './jsd';
import { logits } from './logits';
import type { Method } from './method';
import { minilm } from './minilm';
import { minilmv2 } from './minilmv2';
import { pkd } from './pkd';
import { pseudoLabels } from './pseudoLabels';
import { standardised } from './standardised';
import { theseus } from './theseus';
import { tinybert } from './tinybert';

export const methods = {
  distilbert,
  tinybert,
  hinton,
  logits,
  'pseudo-labels': pseudoLabels,
  jsd,
  dkd,
  standardised,
  annealing,
  ctkd,
  minilm,
  minilmv2,
  pkd,
  theseus,
} satisfies Record<string, Method>;
