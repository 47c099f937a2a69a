/** The upper median: an observed value, also of an even number of them. */
export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** To a number of significant digits. */
export const rounded = (value: number, digits = 4): number => Number(value.toPrecision(digits));

/** The order of turns in a round: everyone once, each round begun by another. */
export const turnOrder = <T>(players: T[], round: number): T[] =>
  players.map((_, i) => players[(i + round) % players.length]);

export const clamped = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));
