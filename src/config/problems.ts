/**
 * What can be wrong, as data. A problem has a code, and figures for its text; the words are in `i18n/`
 * (key `problem.<code>`), and every one says what to do.
 */

/** Every problem's code, with the names of the values that come with it. */
export const problemValues = {
  // text
  textEmpty: [],
  /** Bytes of UTF-8. */
  textTooShort: ['bytes', 'least'],
  textTooLarge: ['bytes', 'most'],
  textBinary: [],
  textNotUtf8: [],
  /** Share of the characters that are lost since the vocabulary can't spell their words, per cent. */
  textOtherScript: ['share'],
  /** The same of a vocabulary that was made from this text; `vocabulary` tokens. */
  textVocabularyTooSmall: ['share', 'vocabulary'],
  /** No word that could be masked, in the part that is trained on or in the one held out. */
  textWithoutWords: [],
  /** Of `texts` texts `repeated` were there before, and what is left is too little. */
  textRepeats: ['texts', 'repeated'],
  /** Several files, or a folder. */
  textNotOneFile: [],
  /** The file's name; it was moved, or may not be read. */
  textUnreadable: ['name'],
  textTooFewSequences: ['train', 'heldOut', 'leastTrain', 'leastHeldOut'],
  /** The name under which the text was kept. */
  textMissing: ['name'],
  /** A word to be withheld that is not one piece of the vocabulary, or nowhere in the text. */
  withheldNoWord: ['word'],
  withheldAbsent: ['word'],
  /** Of `train` sequences `dropped` have the word. */
  withheldTooOften: ['word', 'dropped', 'train'],
  // rows of a task: `line` is a line of the file, from 1
  rowsEmpty: [],
  rowsTooLarge: ['bytes', 'most'],
  rowsBinary: [],
  /** One array in JSON, rather than an object a line. */
  rowsJsonArray: [],
  /** No sign parts lines into columns, or into far too many. */
  rowsNoColumns: [],
  /** Most lines have `expected` fields, and too many have another number; `line` is the first of them. */
  rowsMixedColumns: ['line', 'fields', 'expected', 'share'],
  /** Where a quoted field begins that does not end as it should. */
  rowsBrokenQuote: ['line'],
  /** `leftOut` of those in the file could not be used. */
  rowsTooFew: ['rows', 'leftOut', 'least'],
  rowsTooMany: ['most'],
  rowsNoLabel: [],
  rowsOneLabel: ['label'],
  rowsManyLabels: ['labels', 'most'],
  /** All rows share texts with one another, so that none can be held out. */
  rowsNoneHeldOut: ['rows'],
  /** The name under which the rows were kept, and their key. */
  rowsMissing: ['name', 'id'],
  // word vectors in a file: lines count from 1
  /** Binary or packed data, or no line of a word and numbers. */
  vectorsNotText: [],
  vectorsRagged: ['line', 'numbers', 'expected'],
  /** `value`: what stands where a number should. */
  vectorsNotNumbers: ['line', 'value'],
  vectorsTooWide: ['dimension', 'min', 'max'],
  /** None of the words that are wanted is in the file. */
  vectorsNoWords: ['lines'],
  /** More than is kept in memory: `words` were kept so far. */
  vectorsTooMany: ['words', 'dimension'],
  // sentence
  sentenceEmpty: [],
  sentenceWithoutMask: [],
  sentenceSeveralMasks: ['masks'],
  /** Tokens, [CLS] and [SEP] included. */
  sentenceTooLong: ['tokens', 'most'],
  sentenceUnknownWords: ['words'],
  // of a task: the text, or the two texts of a pair, that models tell the class of
  sentenceWithoutText: [],
  sentenceWithoutSecond: [],
  /** Lines with text, and how many texts the task is about: 1 or 2. */
  sentenceManyLines: ['lines', 'texts'],
  // experiment: `arm` is an arm's id, blocks count from 1
  headsDoNotDivide: ['arm', 'heads', 'hiddenSize'],
  studentDeeperThanTeacher: ['arm', 'layers', 'teacherLayers'],
  copyNeedsEqualWidth: [
    'arm',
    'hiddenSize',
    'intermediateSize',
    'heads',
    'teacherHiddenSize',
    'teacherIntermediateSize',
    'teacherHeads',
  ],
  copyNeedsTokenTypes: ['arm'],
  /** A projection can't have more of anything than the teacher. */
  projectionNeedsNoMore: [
    'arm',
    'hiddenSize',
    'intermediateSize',
    'heads',
    'headSize',
    'teacherHiddenSize',
    'teacherIntermediateSize',
    'teacherHeads',
    'teacherHeadSize',
  ],
  copyWithoutTeacher: ['arm'],
  copyLength: ['arm', 'blocks', 'layers'],
  // what a term or a method needs of a pair of models; `what` is its symbol or its name
  termNeedsEqualWidth: ['arm', 'what', 'hiddenSize', 'teacherHiddenSize'],
  termNeedsEqualHeads: ['arm', 'what', 'heads', 'teacherHeads'],
  termNeedsEqualSize: ['arm', 'what', 'hiddenSize', 'heads', 'teacherHiddenSize', 'teacherHeads'],
  termNeedsMoreWords: ['arm', 'what', 'words', 'least'],
  termNeedsDivisor: ['arm', 'what', 'heads', 'hiddenSize', 'teacherHiddenSize'],
  termNeedsHeadPairs: ['arm', 'what', 'heads', 'teacherHeads', 'pairs'],
  termNeedsLayers: ['arm', 'what', 'layer', 'teacherLayers'],
  /** Two methods that each decide what a student's layers compute. */
  methodsExclude: ['arm', 'methods'],
  /** `list`: the symbol of a list of a method's, `length` what it holds, `expected` what fits. */
  listLength: ['arm', 'list', 'length', 'expected'],
  /** A block that the teacher does not have, among those copied or compared. */
  blockOutOfRange: ['arm', 'block', 'teacherLayers'],
  mappingLength: ['arm', 'blocks', 'layers'],
  /** A block that is compared with an earlier one of the teacher's than the block before it. */
  mappingRunsBackwards: ['arm', 'block', 'before'],
  /** m N / M is no whole block for every m. */
  uniformMappingNeedsDivisor: ['layers', 'teacherLayers'],
  sequenceLongerThanPositions: ['sequenceLength', 'maxPositions'],
  /** The terms concerned, such as `L_ce, L_cos`. */
  lossWithoutTeacher: ['arm', 'terms'],
  noLossWeight: ['arm'],
  plansMissing: ['arm', 'plans', 'stages'],
  /** A control of the soft targets where no term reads them. */
  controlWithoutSoftTargets: ['arm'],
  /** A term with a T of its own beside what is made for the plan's. */
  ownTemperatureAlone: ['arm', 'what'],
  /** A term that brings logits to one scale beside what only sets their scale. */
  scaleSaysNothing: ['arm', 'what'],
  /** A term that is infinite where the soft targets leave words out. */
  wordsLeftOut: ['arm', 'what'],
  /** A method that keeps the teacher's embeddings and head; `what` is its name. */
  replacementNeedsCopy: ['arm', 'what'],
  duplicateArm: ['arm'],
  // an arm that is another one, `of`, up to a step
  forkOfNobody: ['arm', 'of'],
  forkOtherStudent: ['arm', 'of', 'step'],
  /** A run of `steps` updates is over by then. */
  forkTooLate: ['arm', 'step', 'steps'],
  /** The arm that it comes from is another one itself until `apart`. */
  forkTooEarly: ['arm', 'of', 'step', 'apart'],
  /** An arm learns from one that goes its own way only later. */
  peerStillAnother: ['arm', 'peer', 'step'],
  /** A run that was to be forked is not the one that is open, or kept, any more. */
  forkNotKept: ['step'],
  // who teaches
  othersWithoutTeacher: [],
  /** Words of the vocabularies of the teacher and of another. */
  othersSpeakOtherwise: ['vocabulary', 'other'],
  teacherOutOfRange: ['arm', 'index', 'teachers'],
  ensembleOfOne: ['arm'],
  /** `what`: the symbol of a term, or the name of a method. */
  ensembleHasNoLayers: ['arm', 'what'],
  /** A term that compares raw logits, under a mean of probabilities. */
  ensembleHasNoLogits: ['arm', 'what'],
  peerMissing: ['arm', 'peer'],
  // URL: `used` is what stands in for the value
  urlUnknownPreset: ['value', 'used'],
  urlUnknownParameter: ['parameter'],
  urlMalformed: ['parameter', 'value', 'used'],
  urlOutOfRange: ['parameter', 'value', 'used'],
  /** A link of a later version, and the newest that this page reads. */
  urlNewer: ['version', 'known'],
  // an experiment as a file: `part` is where the first fault is
  experimentMalformed: ['part'],
  experimentNewer: ['version', 'known'],
  /** A task in a stage that an arm learns from a teacher in, who is not tuned on it. */
  taskTeacherUntuned: ['arm', 'task'],
  tuningWithoutTask: ['text'],
  // weights: `name` is a tensor's
  weightsTruncated: ['bytes', 'needed'],
  /** A file of a teacher, and what is wrong with it, in English, for whoever made it. */
  weightsMalformed: ['file', 'reason'],
  /** Shapes such as `[2048, 128]`. */
  weightsWrongShape: ['name', 'shape', 'expected'],
  weightsMissing: ['name'],
  weightsOtherVocabulary: ['vocabulary', 'rows'],
  weightsNotFinite: ['name'],
  /** A value beyond the range of float16. */
  weightsOverflow: ['name', 'value'],
  /** An entry of config.json. */
  configUnsupported: ['key', 'value'],
  /** The name under which the teacher was kept. */
  teacherMissing: ['name'],
  /** The HTTP status. */
  downloadFailed: ['file', 'status'],
  downloadUnreachable: ['file'],
  /** No byte came for so many seconds. */
  downloadStalled: ['file', 'seconds'],
  /** The server sent something else, such as its front page. */
  downloadNotWhatWasAsked: ['file'],
  downloadTooLarge: ['file', 'bytes', 'most'],
  // several seeds, in the page and on the command line
  seedsEmpty: [],
  /** The largest seed. */
  seedNotWhole: ['seed', 'most'],
  seedRepeated: ['seed'],
  seedsTooMany: ['seeds', 'most'],
  seedAndSeeds: [],
  /** Fewer than a verdict needs. */
  seedsTooFew: ['seeds', 'least'],
  // temperatures of a sweep
  temperaturesEmpty: [],
  temperatureNoNumber: ['value', 'min', 'max'],
  temperatureRepeated: ['value'],
  temperaturesTooMany: ['count', 'most'],
  /** More bytes than a browser gives one page; `fits`: how many temperatures would do. */
  sweepTooLarge: ['bytes', 'fits'],
  // an experiment, on the command line
  severalExperiments: [],
  /** `known`: names of presets. */
  presetUnknown: ['preset', 'known'],
  linkWithoutExperiment: ['link'],
  /** `faults`: such as `training.steps=many`. */
  linkFaulty: ['faults'],
  experimentUnreadable: ['file'],
  experimentTooLarge: ['file', 'bytes', 'most'],
  /** `reason`: where it stops being JSON, in English. */
  experimentNotJson: ['file', 'reason'],
  /** A text or teacher that is kept in a browser, by its name or id. */
  textOnlyInBrowser: ['name'],
  rowsOnlyInBrowser: ['name'],
  teacherOnlyInBrowser: ['name'],
  /** What was given to --set. */
  settingWithoutValue: ['setting'],
  /** `known`: what fits in place of `part`, the first part of the path that doesn't. */
  settingUnknown: ['path', 'part', 'known'],
  /** `known`: paths below this one. */
  settingNotOneValue: ['path', 'known'],
  settingNoNumber: ['path', 'value', 'min', 'max'],
  settingNotWhole: ['path', 'value', 'min', 'max'],
  settingNoOption: ['path', 'value', 'known'],
  settingNoList: ['path', 'value'],
  settingUnfit: ['path', 'value'],
  // running
  /** The backend that was asked for. */
  backendUnavailable: ['backend'],
  deviceLost: ['step'],
  /** It did not come back, and the run goes on without it. */
  deviceGone: ['step'],
  workerDied: ['step'],
  /** The worker of runs in the background died again after it had been started anew. */
  backgroundDied: [],
  /** A run in the background can't be kept; what was kept before it stays. */
  seedRunNotKept: [],
  /** The script of the worker did not arrive, or does not run here. */
  workerNotLoaded: [],
  outOfMemory: [],
  /** A step could not be recorded for replay; `message` is the reason, in English. */
  recordingFailed: ['message'],
  /** `term`: the id of a term. */
  lossNotFinite: ['arm', 'step', 'term'],
  /** Every term is finite, and their weighted sum or its gradient is not. */
  gradientNotFinite: ['arm', 'step'],
  /** The gradients of all terms of a student take `bytes`, of `most`. */
  ledgerTooLarge: ['arm', 'bytes', 'most'],
  /** A kept state that is not one of this run; `name` is the first tensor at fault. */
  snapshotMisfit: ['arm', 'name'],
  /** An engine of the benchmark could not finish; `engine` as the page calls it, `message` its own words. */
  engineFailed: ['engine', 'message'],
  storageFull: [],
  /** The browser's storage doesn't answer. */
  storageSilent: [],
  /** A later version of the page has kept something here. */
  storageNewer: [],
  /** Everything that was kept has been erased, and this page keeps nothing more. */
  storageErased: [],
  /** A run that was kept is not as it should be; `part` is where, such as `history.steps`. */
  keptBroken: ['part'],
  /** A run that a later version of the page has kept. */
  keptNewer: [],
  /** A kept run or a run file that another teacher or tokenizer of the same name was used for. */
  runOfOtherTeacher: [],
  /** A person's word vectors are others than those that rows were varied by. */
  runOfOtherVectors: [],
  /** The end of a stage that was asked for is not kept any more. */
  stageNotKept: [],
  runFileTooLarge: ['bytes', 'most'],
  runFileTruncated: [],
  /** A file that is no run, or not as a run should be; `part` as above. */
  runFileBroken: ['part'],
  /** `version` of the file, and the newest that this page reads. */
  runFileNewer: ['version', 'known'],
  /** A measurement was given up, since something else was asked for. */
  interrupted: [],
  /** A person's text was being read, and that was called off. */
  cancelled: [],
  /** A command came before an experiment was open. */
  notOpened: [],
  /** A state whose numbers are not all finite. */
  nothingToKeep: [],
  /** A teacher in training whose held-out loss rises; it is taken back to its best. */
  teacherGotWorse: ['step', 'best'],
  armMissing: ['arm'],
  /** The error's own words. */
  unexpected: ['message'],
} as const satisfies Record<string, readonly string[]>;

export type ProblemCode = keyof typeof problemValues;

export interface Problem {
  code: ProblemCode;
  /** Figures and names for the text, such as `{ step: 12, term: 'ce' }`; see `problemValues`. */
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
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (!(error instanceof Error)) return { code: 'unexpected', values: { message: String(error) } };
  if (error.name === 'OutOfMemoryError') return { code: 'outOfMemory' };
  return { code: 'unexpected', values: { message: error.message } };
}
