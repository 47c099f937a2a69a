/**
 * What can be wrong, as data. A problem has a code, and figures for its text; the words are in `i18n/`
 * (key `problem.<code>`), and every one says what to do.
 */
export type ProblemCode =
  // text
  | 'textEmpty' | 'textTooShort' | 'textTooLarge' | 'textBinary' | 'textNotUtf8' | 'textTooFewSequences' | 'textMissing'
  // sentence
  | 'sentenceEmpty' | 'sentenceWithoutMask' | 'sentenceSeveralMasks' | 'sentenceTooLong' | 'sentenceUnknownWords'
  // experiment
  | 'headsDoNotDivide' | 'studentDeeperThanTeacher' | 'studentWiderThanTeacher' | 'copyNeedsEqualWidth' | 'cosNeedsEqualWidth'
  | 'blockOutOfRange' | 'mappingLength' | 'sequenceLongerThanPositions' | 'lossWithoutTeacher' | 'copyWithoutTeacher'
  | 'noLossWeight' | 'duplicateArm'
  // URL
  | 'urlUnknownPreset' | 'urlUnknownParameter' | 'urlMalformed' | 'urlOutOfRange'
  // weights
  | 'weightsTruncated' | 'weightsMalformed' | 'weightsWrongShape' | 'weightsMissing' | 'weightsOtherVocabulary' | 'weightsNotFinite'
  | 'teacherMissing' | 'downloadFailed'
  // running
  | 'webgpuMissing' | 'webgpuSoftware' | 'wasmMissing' | 'backendUnavailable' | 'deviceLost' | 'workerDied' | 'outOfMemory'
  | 'lossNotFinite' | 'storageFull' | 'unexpected';

export interface Problem {
  code: ProblemCode;
  /** Figures and names for the text, such as `{ step: 12, term: 'ce' }`. */
  values?: Record<string, string | number>;
}

/** An error that carries a problem, so that whoever catches it can say what happened and what to do. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(code: ProblemCode, values?: Problem['values'], options?: ErrorOptions) {
    super(`${code}${values ? ` ${JSON.stringify(values)}` : ''}`, options);
    this.name = 'ProblemError';
    this.problem = { code, values };
  }
}

/** The problem behind anything thrown. */
export const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { code: 'unexpected', values: { message: error instanceof Error ? error.message : String(error) } };
