/**
 * What a term reads of a forward pass: what nobody reads is not computed, and what a term does not name it can't have.
 * `logits`: [R, V]. `targets`: the teacher's logits as soft targets (under a control, and at a temperature of their own).
 * `guesses`: the teacher's most probable word at T = 1, which an ensemble has however its mean is taken, as it has no logits of
 * a mean of probabilities.
 * `hidden`: the last hidden state. `states`: hidden states of all levels, the embeddings' output first. `inner`: those
 * below the last layer. `embedding`: the first of them alone. `scores`: attention scores of every layer before the softmax.
 * `queries`, `keys`, `values`: those of the last layer, or of the layer that `qkvLayer` names.
 */
export type StudentSignal =
  | 'logits'
  | 'hidden'
  | 'states'
  | 'inner'
  | 'embedding'
  | 'scores'
  | 'queries'
  | 'keys'
  | 'values';
export type TeacherSignal = StudentSignal | 'targets' | 'guesses';
