/** The formulas of the page, in TeX. Subscripts s and t: student and teacher. */
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
  studentLayer: 'm',
  studentLayers: 'M',
  mapping: 'g(m)',
  mean: raw`\operatorname{mean}`,
  studentScores: raw`A_{\text{s},m}`,
  teacherScores: raw`A_{\text{t},g(m)}`,
  bothScores: raw`A_\text{s},\ A_\text{t}`,
  bothStates: raw`H_\text{s},\ H_\text{t}`,
  projection: raw`W_\text{h},\ b`,
} as const;

const difference = raw`\bigl(\operatorname{softmax}(z_\text{s} / T) - \operatorname{softmax}(z_\text{t} / T)\bigr)`;
const gradient = raw`\frac{\partial L_\text{ce}}{\partial z_\text{s}}`;

export const formulas = {
  softmax: raw`p_i = \frac{\exp(z_i / T)}{\sum_j \exp(z_j / T)}`,
  gradient: raw`${gradient} = T\,${difference}`,
  /** Where L_ce has no factor T². */
  gradientWithout: raw`${gradient} = \frac{1}{T}\,${difference}`,
  softened: raw`p_v(z, T) = \frac{\exp(z_v / T)}{\sum_u \exp(z_u / T)}`,
  ce: raw`L_\text{ce} = T^2 \cdot \operatorname{mean} \operatorname{KL}\bigl(p(z_\text{t}, T) \mathrel{\Vert} p(z_\text{s}, T)\bigr)`,
  mlm: raw`L_\text{mlm} = \operatorname{mean}\bigl({-\log p_y(z_\text{s}, 1)}\bigr)`,
  cos: raw`L_\text{cos} = \operatorname{mean}\left(1 - \frac{h_\text{s} \cdot h_\text{t}}{|h_\text{s}|\,|h_\text{t}|}\right)`,
  mse: raw`L_\text{mse} = \operatorname{mean} \sum_v (z_{\text{s},v} - z_{\text{t},v})^2`,
  attn: raw`L_\text{attn} = \sum_{m=1}^{M} \operatorname{mean} (A_{\text{s},m} - A_{\text{t},g(m)})^2`,
  hidn: raw`L_\text{hidn} = \sum_{m=0}^{M} \operatorname{mean} (H_{\text{s},m} W_\text{h} + b - H_{\text{t},g(m)})^2`,
  total: raw`L = \lambda_\text{ce} L_\text{ce} + \lambda_\text{mlm} L_\text{mlm} + \lambda_\text{cos} L_\text{cos} + \lambda_\text{mse} L_\text{mse} + \lambda_\text{attn} L_\text{attn} + \lambda_\text{hidn} L_\text{hidn}`,
  update: raw`\theta \gets \theta\,(1 - \eta w) - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}`,
} as const;
