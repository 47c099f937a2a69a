export const softmaxLab = {} as const;
