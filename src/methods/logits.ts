/**
 * Logit matching (Ba and Caruana 2014, arXiv:1312.6184; the loss of Distilled BiLSTM, Tang et al. 2019, arXiv:1903.12136):
 * the squared distance of the raw logits, which softened distributions come to as T grows. Ba and Caruana take half of it, and
 * Tang's program its mean over the classes: only the weight differs.
 */
import { method, noShares } from './method';

export const logits = method({
  paper: {
    title: 'Do Deep Nets Really Need to be Deep?',
    authors: 'Ba, Caruana',
    year: 2014,
    arxiv: '1312.6184',
  },
  terms: {},
  beside: ['mse', 'mlm'],
  shares: noShares,
});
