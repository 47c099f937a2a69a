export const attention = {} as const;
