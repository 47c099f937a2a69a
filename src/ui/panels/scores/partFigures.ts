/** Where a model's parameters sit, as a row of parts from input to output. */
import type { ModelSize } from '../../../config/results';
import type { PartSizes } from '../../../config/scores';
import type { NamedModel } from '../../useModelNames';

export interface SizedModel extends NamedModel {
  size: ModelSize;
}

export type PartKind = 'words' | 'places' | 'attention' | 'feedForward' | 'head';
export const partKinds: readonly PartKind[] = ['words', 'places', 'attention', 'feedForward', 'head'];

export interface Part {
  kind: PartKind;
  /** From 1; null outside the layers. */
  layer: number | null;
  parameters: number;
}

export const partsOf = ({ words, places, layers, head }: PartSizes): Part[] => [
  { kind: 'words', layer: null, parameters: words },
  { kind: 'places', layer: null, parameters: places },
  ...layers.flatMap(({ attention, feedForward }, i): Part[] => [
    { kind: 'attention', layer: i + 1, parameters: attention },
    { kind: 'feedForward', layer: i + 1, parameters: feedForward },
  ]),
  { kind: 'head', layer: null, parameters: head },
];

/** All layers' together. */
export const sumOf = (parts: PartSizes, kind: PartKind): number =>
  partsOf(parts).reduce((sum, part) => sum + (part.kind === kind ? part.parameters : 0), 0);

export const partColumns = ['model', 'layer', 'part', 'parameters', 'bytes'] as const;

/** A line for each part of each model. Four bytes a number, float32. */
export const partLines = (models: readonly { name: string; size: ModelSize }[]) =>
  models.flatMap(({ name, size }) =>
    partsOf(size.parts).map(({ kind, layer, parameters }) => ({
      name,
      layer,
      kind,
      parameters,
      bytes: (size.bytes / size.parameters) * parameters,
    })),
  );
