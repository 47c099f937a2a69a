/**
 * Distilling the knowledge in a neural network (Hinton, Vinyals, Dean 2015, arXiv:1503.02531): α T² KL of the softened
 * distributions and (1 − α) cross-entropy with the hard labels, at the labelled positions. Both terms are there already:
 * the method is their weights.
 */
import { method, noShares } from './method';

export const hinton = method({
  paper: {
    title: 'Distilling the Knowledge in a Neural Network',
    authors: 'Hinton, Vinyals, Dean',
    year: 2015,
    arxiv: '1503.02531',
  },
  terms: {},
  beside: ['ce', 'mlm'],
  shares: noShares,
});
