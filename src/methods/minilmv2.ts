/**
 * MiniLMv2 (Wang et al. 2021, arXiv:2012.15828; minilmv2.py in bloomberg/minilmv2.bb): how queries relate to queries, keys to
 * keys and values to values, in relation heads that cut every width into equally many parts, so that neither widths nor
 * numbers of heads need to agree. The student's last layer learns from one layer of the teacher's.
 */
import { method, type Pair } from './method';
import { divides } from './misfits';
import { dialOf } from './plan';

const dials = {
  relationHeads: { symbol: 'A_r', min: 1, max: 64, integer: true, initial: 8, live: false },
  /** Counted back from the teacher's last layer, since a good one lies near the end whatever the depth. */
  layersBeforeLast: { symbol: 'l', min: 0, max: 23, integer: true, initial: 0, live: false },
} as const;

const relationHeads = ({ plan }: Pair) => dialOf({ dials }, plan, 'relationHeads');
const layerOf = ({ teacher, plan }: Pair) => teacher.layers - dialOf({ dials }, plan, 'layersBeforeLast');

const headsDivide = divides(relationHeads);

function misfit(pair: Pair) {
  const layer = layerOf(pair);
  if (layer >= 1) return headsDivide(pair);
  return { code: 'termNeedsLayers' as const, values: { layer, teacherLayers: pair.teacher.layers } };
}

const relation = (letter: string, read: 'queries' | 'keys' | 'values') => ({
  symbol: `L_${letter}${letter}`,
  tex: `\\frac{1}{A_r L} \\sum_{a, i} \\operatorname{KL}\\left(R_{T,a,i} \\,\\middle\\|\\, R_{S,a,i}\\right), \\quad R = \\operatorname{softmax}\\left(${letter} ${letter}^\\top / \\sqrt{d / A_r}\\right)`,
  unit: 'nats' as const,
  source: 'equations 3 to 5; minilmv2.py:102-137',
  reads: { student: [read], teacher: [read] },
  meanOver: 'sequences' as const,
  misfit,
});

export const minilmv2 = method({
  paper: {
    title:
      'MiniLMv2: Multi-Head Self-Attention Relation Distillation for Compressing Pretrained Transformers',
    authors: 'Wang, Bao, Huang, Dong, Wei',
    year: 2021,
    arxiv: '2012.15828',
  },
  dials,
  terms: { relQ: relation('Q', 'queries'), relK: relation('K', 'keys'), relV: relation('V', 'values') },
  beside: ['mlm'],
  qkvLayer: layerOf,
  shares(x, ops) {
    const heads = relationHeads(x.pair);
    const { attentionMask } = x.batch;
    // Queries, keys and values lie side by side and are compared at once.
    const shares = ops.relationLosses(x.student.qkv, x.teacher.qkv, attentionMask, { heads, parts: 3 });
    return [
      { terms: (['relQ', 'relK', 'relV'] as const).map((term) => (x.has(term) ? term : null)), shares },
    ];
  },
});
