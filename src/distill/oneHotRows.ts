import * as tf from '@tensorflow/tfjs';

/**
 * ids [N] int32 -> [N, V] float32 with a 1 at each row's id. Cast from int32, since the WASM backend (4.22) leaves
 * integer bits in a one-hot that is asked for as float32.
 */
export const oneHotRows = (ids: tf.Tensor1D, V: number): tf.Tensor2D =>
  tf.oneHot(ids, V).cast('float32') as tf.Tensor2D;
