export const experiment = {} as const;
