/** What all methods share, in TeX. */
const { raw } = String;

export const formulas = {
  softened: raw`p_v(z, T) = \frac{\exp(z_v / T)}{\sum_u \exp(z_u / T)}`,
  total: raw`L = \sum_k \lambda_k L_k`,
  update: raw`\theta \gets \theta\,(1 - \eta w) - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}`,
} as const;
