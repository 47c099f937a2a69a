/** Logits to start from. Fixed illustrations: no model ever said this. */
import type { english } from '../../../i18n/english';

export type ClassName = keyof (typeof english)['softmaxLab']['classes'];

export interface Example {
  classes: readonly ClassName[];
  /** One for each class. */
  logits: readonly number[];
}

const letters = ['a', 'b', 'c', 'd', 'e'] as const;

export const examples = {
  five: { classes: letters, logits: [3, 2, 1, 0, -1] },
  /** "I watched [MASK] yesterday": at T = 2 the probabilities become .540, .191, .135, .135. */
  movie: { classes: ['movie', 'tv', 'baseball', 'mma'], logits: [0.8, 0.1, 0.05, 0.05].map(Math.log) },
  uniform: { classes: letters, logits: [0, 0, 0, 0, 0] },
  peaked: { classes: letters, logits: [-1.5, -1, 5, -0.5, -2] },
} satisfies Record<string, Example>;

export type ExampleName = keyof typeof examples;
export const exampleNames = Object.keys(examples) as ExampleName[];

/** Range of a logit that can be dragged. */
export const logitRange = { min: -5, max: 5, step: 0.1 };
