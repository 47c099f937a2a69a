export const arms = {} as const;
