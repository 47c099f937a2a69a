/** What the scoreboard's closer looks are made of, as plain data: measured in `train/`, carried by the worker, shown. */

/** Guesses whose confidence lies in one range. */
export interface ReliabilityBin {
  /** From above `low` to `high`, 0 to 1. */
  low: number;
  high: number;
  /** Guesses in it. */
  count: number;
  /** Mean probability of the guesses, and the share of them that is right; 0 where there is none. */
  confidence: number;
  accuracy: number;
  /** Where that share may lie in 95 of 100 samples like this (Wilson's interval), 0 to 1. */
  accuracyLow: number;
  accuracyHigh: number;
}

/** Below this many places nothing is said of probabilities. */
export const fewestPlaces = 100;

/** How far a model's confidence is from how often it is right, over some places. */
export interface Reliability {
  bins: ReliabilityBin[];
  /** Expected calibration error: the mean over the places of each bin's |accuracy − confidence|, 0 to 1. */
  error: number;
  /** What a model that is calibrated perfectly would show on as many places, by chance alone. */
  byChance: number;
  /** Mean over the places. */
  confidence: number;
  accuracy: number;
  /** How far their difference may lie from that of other samples, in 95 of 100. */
  margin: number;
  /** Mean cross-entropy with what was there, nats. */
  loss: number;
}

/** A model at T = 1 and at the temperature that fits it best, both on the half that this was not fitted on. */
export interface Calibration {
  /** The best T. */
  temperature: number;
  /** True where the best T may lie beyond the range that was searched. */
  atEnd: boolean;
  asItIs: Reliability;
  atBest: Reliability;
}

export interface Calibrations {
  /** Updates done. */
  step: number;
  /** Places that T was fitted on, and those that everything is told of. */
  fitted: number;
  places: number;
  /** Whether that is all of the held-out part. */
  whole: boolean;
  /** By model: `teacherModel` or an arm's id. */
  models: Record<string, Calibration>;
}

/** Numbers that training sets, by where they sit. Their sum is `ModelSize.parameters`. */
export interface PartSizes {
  /** The word table, which the head for words shares. */
  words: number;
  /** The rest of the embeddings: positions, token types, LayerNorm. */
  places: number;
  /** By layer from the input; each with the LayerNorm after it. */
  layers: { attention: number; feedForward: number }[];
  head: number;
}

/** The time of a forward pass, training paused. */
export interface LatencyPoint {
  batchSize: number;
  /** Tokens of each sequence. */
  length: number;
  /** Median, milliseconds. */
  ms: number;
  /** The middle half of the runs. */
  middle: [number, number];
  runs: number;
}

export interface LatencyCurve {
  /** One of each size that was measured, the same ones for all models. */
  points: LatencyPoint[];
  /** Floating point operations of the matrix products for one sequence of the run's length. */
  flops: number;
}

export interface LatencyCurves {
  /** Tokens of the sequences whose batches grow, and sequences in the batches whose length grows. */
  length: number;
  batchSize: number;
  /** Sizes that would have taken too long. */
  leftOut: { batchSize: number; length: number }[];
  /** By model; models of one shape are measured as one. */
  models: Record<string, LatencyCurve>;
}
