export const scoreboard = {} as const;
