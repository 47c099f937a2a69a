import { Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';

/**
 * The product left · right, [n, k] · [k, m], at a lower rank: of all products [n, rank] · [rank, m] the nearest one
 * (Eckart and Young 1936), the singular values shared out evenly between the two.
 */
export function lowRankProduct(left: Matrix, right: Matrix, rank: number): [Matrix, Matrix] {
  const [leftBasis, leftCore] = thin(left);
  const [rightBasis, rightCore] = thin(right.transpose());
  // Of k by k numbers only, however large n and m are.
  const svd = new SingularValueDecomposition(leftCore.mmul(rightCore.transpose()), { autoTranspose: true });
  const { leftSingularVectors: u, rightSingularVectors: v, diagonal } = svd;
  const roots = diagonal.slice(0, rank).map(Math.sqrt);
  const first = (vectors: Matrix) => vectors.subMatrix(0, vectors.rows - 1, 0, rank - 1).mulRowVector(roots);
  return [leftBasis.mmul(first(u)), rightBasis.mmul(first(v)).transpose()];
}

/** A matrix [n, k] as Q R with orthonormal columns Q, where it has at least as many rows as columns. */
function thin(matrix: Matrix): [Matrix, Matrix] {
  if (matrix.rows < matrix.columns) return [Matrix.eye(matrix.rows), matrix];
  const { orthogonalMatrix, upperTriangularMatrix } = new QrDecomposition(matrix);
  return [orthogonalMatrix, upperTriangularMatrix];
}
