/** What all word vectors have in common says nothing about any of them. */

/**
 * Takes out the mean and the first principal directions, which hold how frequent a word is more than what it means (Mu
 * and Viswanath 2018, "All-but-the-Top").
 * @param vectors [W, d]
 */
export function centred(vectors: ArrayLike<number>, dimension: number, directions: number): Float64Array {
  const values = Float64Array.from(vectors);
  const rows = values.length / dimension;
  for (let k = 0; k < dimension; k++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += values[i * dimension + k];
    for (let i = 0; i < rows; i++) values[i * dimension + k] -= sum / rows;
  }
  for (let taken = 0; taken < directions; taken++) {
    const direction = firstDirection(values, dimension);
    for (let i = 0; i < rows; i++) {
      const along = projection(values, i * dimension, direction);
      for (let k = 0; k < dimension; k++) values[i * dimension + k] -= along * direction[k];
    }
  }
  return values;
}

/** The direction of the largest variance, by power iteration, [d]. */
function firstDirection(values: Float64Array, dimension: number): Float64Array {
  let direction = Float64Array.from({ length: dimension }, (_, k) => 1 / (1 + k));
  for (let round = 0; round < 200; round++) {
    const next = new Float64Array(dimension);
    for (let start = 0; start < values.length; start += dimension) {
      const along = projection(values, start, direction);
      for (let k = 0; k < dimension; k++) next[k] += along * values[start + k];
    }
    const length = Math.hypot(...next);
    direction = next.map((value) => value / length);
  }
  return direction;
}

function projection(values: Float64Array, start: number, direction: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < direction.length; k++) sum += values[start + k] * direction[k];
  return sum;
}
