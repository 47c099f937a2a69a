/** The formulas of the softmax lab, in TeX. Subscripts s and t: student and teacher. */
const { raw } = String;

/** For `Formula`, whose symbols are looked up by their TeX. */
export const symbols = {
  p: 'p_i',
  logit: 'z_i',
  class: 'j',
  temperature: 'T',
  softLoss: raw`L_\text{ce}`,
  studentLogits: raw`z_\text{s}`,
  teacherLogits: raw`z_\text{t}`,
} as const;

const difference = raw`\bigl(\operatorname{softmax}(z_\text{s} / T) - \operatorname{softmax}(z_\text{t} / T)\bigr)`;
const gradient = raw`\frac{\partial L_\text{ce}}{\partial z_\text{s}}`;

export const formulas = {
  softmax: raw`p_i = \frac{\exp(z_i / T)}{\sum_j \exp(z_j / T)}`,
  gradient: raw`${gradient} = T\,${difference}`,
  /** Where L_ce has no factor T². */
  gradientWithout: raw`${gradient} = \frac{1}{T}\,${difference}`,
} as const;
