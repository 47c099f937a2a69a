export const predictions = {} as const;
