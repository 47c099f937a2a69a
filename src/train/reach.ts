/** Which parameters a loss depends on: AdamW leaves the others alone, as it does where a loss has no weight. */
import type { LossTerm } from '../config/experiment';
import { projectionNames } from '../distill/tinybert';

/** `name` is that of a parameter on the device, `layers` the student's number of layers. */
export function termReaches(term: LossTerm, name: string, layers: number): boolean {
  const isHead = name.startsWith('cls.');
  const isProjection = name === projectionNames.weight || name === projectionNames.bias;
  switch (term) {
    case 'ce':
    case 'mlm':
    case 'mse':
      return !isProjection;
    case 'cos':
      return !isHead && !isProjection;
    case 'hidn':
      return !isHead;
    case 'attn': {
      if (isHead || isProjection) return false;
      // The last layer's scores need its queries and keys, and nothing that comes after them.
      const last = `bert.encoder.layer.${layers - 1}.`;
      return !name.startsWith(last) || name.startsWith(`${last}attention.self.`);
    }
  }
}
