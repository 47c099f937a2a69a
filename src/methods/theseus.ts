/**
 * BERT-of-Theseus (Xu et al. 2020, arXiv:2002.02925; JetRunner/BERT-of-Theseus): no loss compares student and teacher. The
 * student's layers take the places of the teacher's modules at random, more and more of them, and learn from the task alone
 * what a neighbour expects. Embeddings and head are the teacher's and stay as they are; evaluation runs the student alone.
 */
import { method, noShares } from './method';
import { choiceOf } from './plan';

const choices = { blocks: ['own', 'replacing'] } as const;

const dials = {
  /** b: the chance of a replacement at the start. */
  replacedFirst: { symbol: 'b', min: 0, max: 1, integer: false, initial: 0.3, live: false },
  /** Share of the run after which every layer is the student's; the program's k is (1 − b) by this many steps. */
  replacementShare: { symbol: 's_p', min: 0.05, max: 1, integer: false, initial: 0.5, live: false },
} as const;

export const theseus = method({
  paper: {
    title: 'BERT-of-Theseus: Compressing BERT by Progressive Module Replacing',
    authors: 'Xu, Zhou, Ge, Wei, Zhou',
    year: 2020,
    arxiv: '2002.02925',
  },
  choices,
  dials,
  terms: {},
  beside: ['mlm'],
  schedules: {
    /** p = min(k t + b, 1), equation 4. */
    replacing: {
      symbol: 'p',
      charted: true,
      at: ({ progress, dial }) => {
        const first = dial('replacedFirst');
        return Math.min(1, first + ((1 - first) * progress) / dial('replacementShare'));
      },
    },
    /** One draw per module and batch: 1 where the student's layer runs. */
    gates: {
      symbol: 'r',
      charted: false,
      size: ({ student }) => student.layers,
      at: ({ pair, before, random }) => {
        const draw = random('batch');
        return Array.from({ length: pair.student.layers }, () => (draw() < before.replacing[0] ? 1 : 0));
      },
    },
  },
  replacement: {
    active: (plan) => choiceOf({ choices }, plan, 'blocks') === 'replacing',
    block({ index, input, own, teacherLayer, pair, scalar }) {
      const gate = scalar('gates').slice(index, 1).reshape([]);
      const { mapping } = pair.plan;
      const from = index === 0 ? 0 : mapping[index - 1];
      let kept = input;
      for (let n = from; n < mapping[index]; n++) kept = teacherLayer(n, kept);
      return kept.add(own().sub(kept).mul(gate));
    },
    trains: (name) => name.startsWith('bert.encoder.'),
    misfit({ student, teacher, plan }) {
      const { hiddenSize, heads, layers } = student;
      if (hiddenSize !== teacher.hiddenSize || heads !== teacher.heads) {
        const values = {
          hiddenSize,
          heads,
          teacherHiddenSize: teacher.hiddenSize,
          teacherHeads: teacher.heads,
        };
        return { code: 'termNeedsEqualSize', values };
      }
      if (plan.mapping.at(-1) === teacher.layers) return null;
      return { code: 'termNeedsLayers', values: { layer: layers, teacherLayers: teacher.layers } };
    },
  },
  shares: noShares,
});
