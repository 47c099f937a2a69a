/** Hugging Face's names of DistilBERT's tensors, beside ours, which are BERT's. */

/** Parts of a layer: ours, theirs. */
const inLayer: readonly (readonly [string, string])[] = [
  ['attention.self.query', 'attention.q_lin'],
  ['attention.self.key', 'attention.k_lin'],
  ['attention.self.value', 'attention.v_lin'],
  ['attention.output.dense', 'attention.out_lin'],
  ['attention.output.LayerNorm', 'sa_layer_norm'],
  ['intermediate.dense', 'ffn.lin1'],
  ['output.dense', 'ffn.lin2'],
  ['output.LayerNorm', 'output_layer_norm'],
];

/** Parts of the MLM head. The classifier's are named alike. */
const inHead: readonly (readonly [string, string])[] = [
  ['cls.predictions.transform.dense', 'vocab_transform'],
  ['cls.predictions.transform.LayerNorm', 'vocab_layer_norm'],
  ['cls.predictions', 'vocab_projector'],
];

const lastDot = /^(.*)\.([^.]+)$/;
const ourLayer = /^bert\.encoder\.layer\.(\d+)\.(.+)$/;
const theirLayer = /^distilbert\.transformer\.layer\.(\d+)\.(.+)$/;

/** A tensor that we name as `BertFor…` does, by its name in `DistilBertFor…`. */
export function distilbertName(name: string): string {
  const [, module, tensor] = lastDot.exec(name)!;
  const [, layer, part] = ourLayer.exec(module) ?? [];
  if (layer) return `distilbert.transformer.layer.${layer}.${other(inLayer, part, 0)}.${tensor}`;
  return `${other(inHead, module, 0).replace(/^bert\.embeddings/, 'distilbert.embeddings')}.${tensor}`;
}

/** The reverse; names that DistilBERT does not have stay as they are. */
export function nameOfDistilbert(name: string): string {
  const [, module, tensor] = lastDot.exec(name) ?? [];
  if (!module) return name;
  const [, layer, part] = theirLayer.exec(module) ?? [];
  if (layer) return `bert.encoder.layer.${layer}.${other(inLayer, part, 1)}.${tensor}`;
  return `${other(inHead, module, 1).replace(/^distilbert\.embeddings/, 'bert.embeddings')}.${tensor}`;
}

const other = (parts: readonly (readonly [string, string])[], name: string, side: 0 | 1): string =>
  parts.find((pair) => pair[side] === name)?.[1 - side] ?? name;
