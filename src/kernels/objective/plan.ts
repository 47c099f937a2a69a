/**
 * Which loss term each row of each input of an objective belongs to, as text, since attributes of tfjs kernels are
 * words and numbers: "0,1;4;4" says that rows 0 and 1 of the first input are terms 0 and 1, and that the second and
 * third input have one row each, both part of term 4.
 */
export const planText = (terms: number[][]) => terms.map((rows) => rows.join(',')).join(';');

/** Per input, the term of each of its rows. */
export const termsOf = (plan: string) => plan.split(';').map((rows) => rows.split(',').map(Number));

/** Per input, n: the numbers in each of its rows. */
export const lengthsText = (lengths: number[]) => lengths.join(';');
export const lengthsOf = (lengths: string) => lengths.split(';').map(Number);
