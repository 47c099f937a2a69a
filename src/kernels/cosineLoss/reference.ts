/** The plain form of the cosine loss of each row and of its gradient. R rows of hidden size d. */
import type { FusedKernel } from '../kernel';

/** Added to both squared norms, as torch's cosine_embedding_loss does. */
export const normEpsilon = 1e-12;

type Reference = FusedKernel['reference'];

/** student s, teacher t [R, d], weights w [R] -> w·(1 - cos(s, t)), [R]. */
export const cosineLossReference: Reference = (
  { student, teacher, weights },
  shapes,
  _attributes,
  [losses],
) => {
  const [rows, d] = shapes.student;
  for (let row = 0; row < rows; row++) {
    losses[row] = weights[row] * (1 - productsOf(student, teacher, row * d, d).cosine);
  }
};

/** dlosses [R], student, teacher, weights -> dstudent [R, d] = -dloss·w·(t/(‖s‖‖t‖) - cos·s/‖s‖²). */
export const cosineLossGradientReference: Reference = (
  { dlosses, student, teacher, weights },
  shapes,
  _attributes,
  [dstudent],
) => {
  const [rows, d] = shapes.student;
  for (let row = 0; row < rows; row++) {
    const { cosine, norms, studentSquared } = productsOf(student, teacher, row * d, d);
    const scale = -dlosses[row] * weights[row];
    for (let at = row * d; at < (row + 1) * d; at++) {
      dstudent[at] = scale * (teacher[at] / norms - (cosine * student[at]) / studentSquared);
    }
  }
};

function productsOf(student: ArrayLike<number>, teacher: ArrayLike<number>, from: number, d: number) {
  let product = 0;
  let studentSquared = normEpsilon;
  let teacherSquared = normEpsilon;
  for (let at = from; at < from + d; at++) {
    product += student[at] * teacher[at];
    studentSquared += student[at] ** 2;
    teacherSquared += teacher[at] ** 2;
  }
  const norms = Math.sqrt(studentSquared * teacherSquared);
  return { cosine: product / norms, norms, studentSquared };
}
