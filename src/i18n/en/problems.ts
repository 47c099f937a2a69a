/** What happened, and what to do. */
export const problems = {
  textOtherScript: {
    title: 'This teacher can’t read the text',
    text: '{{share}} % of its characters are in words that the teacher’s vocabulary can’t spell, which leaves too little to learn from. Train a teacher of its own on it, from scratch: the button is under Teacher.',
  },
  textVocabularyTooSmall: {
    title: 'The vocabulary is too small for this text',
    text: 'With {{vocabulary, number}} tokens, {{share}} % of the characters are in words that can’t be spelled. Train the teacher again with a larger vocabulary.',
  },
  textWithoutWords: {
    title: 'No word of the text can be masked',
    text: 'The part to train on, or the tenth that is held out, has no word that the vocabulary can spell. Use another text, or train a teacher of its own on it, from scratch.',
  },
  textTooFewSequences: {
    title: 'The text gives too few sequences',
    text: 'Cut into sequences it gives {{train, number}} to train on and {{heldOut, number}} held out; {{leastTrain, number}} and {{leastHeldOut, number}} are needed. Add more text, or make the sequences shorter.',
  },
  textMissing: {
    title: 'The text is not in this browser',
    text: '“{{name}}” was kept in the browser it was added in, and is not here. Add the text here, or choose the stories.',
  },
  rowsMissing: {
    title: 'The rows are not in this browser',
    text: '“{{name}}” were kept in the browser they were added in, and are not here. Add the same file here, read in the same way, or choose a task that is bundled.',
  },
  withheldNoWord: {
    title: '“{{word}}” can’t be withheld',
    text: 'It has to be one word that the vocabulary holds as a whole. Choose a frequent one, such as “day”.',
  },
  withheldAbsent: {
    title: '“{{word}}” is nowhere in the text',
    text: 'There is nothing to withhold. Choose a word that occurs.',
  },
  withheldTooOften: {
    title: 'Without “{{word}}” too little is left',
    text: '{{dropped, number}} of {{train, number}} sequences to train on have it; at least half must stay. Choose a rarer word.',
  },
  sentenceEmpty: {
    title: 'There is no sentence',
    text: 'Write one with a [MASK] in it, such as “The cat sat on the [MASK]”.',
  },
  sentenceWithoutMask: {
    title: 'The sentence has no [MASK]',
    text: 'Write [MASK] in place of the word that the models should guess.',
  },
  sentenceSeveralMasks: {
    title: 'The sentence has {{masks}} masks',
    text: 'Keep one [MASK], and write words in place of the others.',
  },
  sentenceTooLong: {
    title: 'The sentence is too long',
    text: 'It has {{tokens}} tokens with [CLS] and [SEP]; the model reads {{most}}. Shorten it.',
  },
  sentenceUnknownWords: {
    title: 'The models know none of these words',
    text: 'The vocabulary can’t spell {{words}}. Use a word that occurs in the text the models learned from.',
  },
  sentenceWithoutText: {
    title: 'There is no text',
    text: 'Write one that is like the task’s own, and every model says its class.',
  },
  sentenceWithoutSecond: {
    title: 'One of the two texts is missing',
    text: 'This task is about pairs of texts. Write both, the second on a line of its own below the first.',
  },
  sentenceManyLines: {
    title: 'There are too many lines',
    text: 'They hold {{lines}} texts, a line each, and this task takes {{texts}} at a time. Put what belongs together on one line, or take out what is too much.',
  },
  headsDoNotDivide: {
    title: 'The heads do not divide the width',
    text: '“{{arm}}” is {{hiddenSize}} wide and has {{heads}} heads, which must share the width equally. Choose a number of heads that divides {{hiddenSize}}.',
  },
  studentDeeperThanTeacher: {
    title: 'The student is deeper than its teacher',
    text: '“{{arm}}” has {{layers}} layers, the teacher has {{teacherLayers}} to copy from. Give it at most {{teacherLayers}}, or let it start from random weights.',
  },
  copyNeedsEqualWidth: {
    title: 'The teacher’s weights do not fit the student',
    text: '“{{arm}}” is {{hiddenSize}} wide ({{intermediateSize}} in the feed-forward part, {{heads}} heads), the teacher {{teacherHiddenSize}} ({{teacherIntermediateSize}}, {{teacherHeads}}). Use the teacher’s sizes, or let the student start from projected or random weights.',
  },
  projectionNeedsNoMore: {
    title: 'The student has more than can be projected',
    text: '“{{arm}}” is {{hiddenSize}} wide (feed-forward {{intermediateSize}}) with {{heads}} heads of {{headSize}} numbers; the teacher is {{teacherHiddenSize}} wide (feed-forward {{teacherIntermediateSize}}) with {{teacherHeads}} heads of {{teacherHeadSize}}. Give the student no more of anything, or let it start at random.',
  },
  copyNeedsTokenTypes: {
    title: 'The teacher has no token types to copy',
    text: '“{{arm}}” has token-type embeddings and its teacher has none. Leave them out, or let the student start from random weights.',
  },
  copyWithoutTeacher: {
    title: 'There is no teacher to copy from',
    text: '“{{arm}}” starts from a teacher’s weights. Choose a teacher, or let it start from random weights.',
  },
  copyLength: {
    title: 'The copied layers do not match the student’s',
    text: '“{{arm}}” has {{layers}} layers and names {{blocks}} of the teacher’s to copy. Name one for each of its own.',
  },
  termNeedsEqualWidth: {
    title: '{{what}} needs a student as wide as its teacher',
    text: 'The hidden states of “{{arm}}” have {{hiddenSize}} numbers, the teacher’s {{teacherHiddenSize}}. Make the student {{teacherHiddenSize}} wide, or set the weight of {{what}} to 0; L_hidn compares hidden states of any width.',
  },
  termNeedsEqualHeads: {
    title: '{{what}} needs as many heads as the teacher has',
    text: '“{{arm}}” has {{heads}} heads, the teacher {{teacherHeads}}, so that heads can’t be paired. Give it {{teacherHeads}} heads, or set the weight of {{what}} to 0. L_attn can compare means over heads, and the relations of MiniLMv2 need no equal heads.',
  },
  termNeedsEqualSize: {
    title: '{{what}} needs a student of the teacher’s width and heads',
    text: '“{{arm}}” is {{hiddenSize}} wide with {{heads}} heads, and its layers are to stand in the places of a teacher’s that is {{teacherHiddenSize}} wide with {{teacherHeads}}. Give it the same width and heads, or let its layers run by themselves.',
  },
  termNeedsMoreWords: {
    title: '{{what}} needs more words',
    text: 'The vocabulary has {{words}}, and {{what}} of “{{arm}}” says nothing of fewer than {{least}}. Use a teacher with a larger vocabulary, or set its weight to 0.',
  },
  termNeedsDivisor: {
    title: 'The relation heads don’t divide both widths',
    text: '{{what}} of “{{arm}}” cuts {{hiddenSize}} and {{teacherHiddenSize}} numbers into {{heads}} equal parts. Choose a number of relation heads that divides both.',
  },
  termNeedsHeadPairs: {
    title: 'The pairs of heads don’t fit',
    text: '“{{arm}}” has {{heads}} heads and names {{pairs}} of the teacher’s {{teacherHeads}}. Name one from 1 to {{teacherHeads}} for each of its own.',
  },
  termNeedsLayers: {
    title: '{{what}} finds no layer to compare with',
    text: '“{{arm}}” asks for a layer that there isn’t: the teacher’s go from 1 to {{teacherLayers}}, the student needs more than one for states of [CLS], and a student that replaces must end at the teacher’s last layer. Choose other layers, or set the weight of {{what}} to 0.',
  },
  methodsExclude: {
    title: 'These methods exclude each other',
    text: '“{{arm}}” can’t have its layers computed by several: {{methods}}. Leave one of them on.',
  },
  listLength: {
    title: 'The list {{list}} has another length',
    text: 'It has {{length}} numbers in “{{arm}}”; {{expected}} fit. Give it {{expected}}, or none for the usual ones.',
  },
  blockOutOfRange: {
    title: 'The teacher has no layer {{block}}',
    text: '“{{arm}}” asks for it; the teacher’s layers go from 1 to {{teacherLayers}}. Choose one of these.',
  },
  mappingLength: {
    title: 'The mapping does not match the layers',
    text: '“{{arm}}” has {{layers}} layers and is compared with {{blocks}} of the teacher’s. Choose one for each of its own.',
  },
  mappingRunsBackwards: {
    title: 'The mapping runs backwards',
    text: 'In “{{arm}}” a layer is compared with teacher layer {{block}} after the one before it was with {{before}}. Choose layers in rising order.',
  },
  uniformMappingNeedsDivisor: {
    title: 'There is no uniform mapping',
    text: '{{layers}} layers don’t divide the teacher’s {{teacherLayers}}, so that g(m) = m N / M is not a whole layer for every m. Choose Top, Bottom or single layers, or a number of layers that divides {{teacherLayers}}.',
  },
  sequenceLongerThanPositions: {
    title: 'The sequences are too long for the teacher',
    text: 'They have {{sequenceLength}} tokens; the teacher has position embeddings for {{maxPositions}}. Use {{maxPositions}} at most.',
  },
  lossWithoutTeacher: {
    title: 'There is no teacher to learn from',
    text: '“{{arm}}” uses {{terms}}, which compare it with a teacher. Choose a teacher, or leave L_mlm as the only loss.',
  },
  taskTeacherUntuned: {
    title: '{{arm}} has no teacher of this task',
    text: 'The teacher fills in words. Have it tuned on “{{task}}” first: “Who teaches the task”, under Text (tuning.steps and tuning.learningRate in links and on the command line). Or take the terms away that compare this student with a teacher.',
  },
  tuningWithoutTask: {
    title: 'There is nothing to tune a teacher on',
    text: '“{{text}}” is a text, which has no labels. Tuning and augmentation belong to a stage with a task.',
  },
  plansMissing: {
    title: 'Not every stage has a plan for {{arm}}',
    text: 'It has {{plans}} for {{stages}} stages. Give it one for each.',
  },
  noLossWeight: {
    title: 'Every loss has weight 0',
    text: '“{{arm}}” has nothing to learn from. Give at least one loss a weight above 0.',
  },
  controlWithoutSoftTargets: {
    title: 'The soft targets are not used',
    text: 'No loss of “{{arm}}” learns from soft targets, so that a change of theirs does nothing. Give one that does a weight, such as L_ce, or use the teacher’s as they are.',
  },
  ownTemperatureAlone: {
    title: '{{what}} has a temperature of its own',
    text: '“{{arm}}” also gives the teacher a T of its own, or takes soft targets that are made for one T. Leave that out, or set the weight of {{what}} to 0.',
  },
  scaleSaysNothing: {
    title: '{{what}} does not see how far logits are apart',
    text: '“{{arm}}” gives the teacher a T of its own, or soft targets that differ in scale alone, and {{what}} brings all to one scale. Leave that out, or set the weight of {{what}} to 0.',
  },
  wordsLeftOut: {
    title: '{{what}} needs a probability for every word',
    text: 'The soft targets of “{{arm}}” leave words out, and where {{what}} goes towards the reverse KL, whatever the student says of these is infinitely wrong. Choose other soft targets, or a loss of the forward kind such as L_ce.',
  },
  replacementNeedsCopy: {
    title: '{{what}} needs the teacher’s embeddings and head',
    text: 'They stay as they are, and “{{arm}}” does not start as a copy of the teacher, or learns from somebody else. Choose the start “copied from the teacher” and the teacher itself, or let its layers run by themselves.',
  },
  duplicateArm: {
    title: 'Two students have the same id',
    text: 'More than one is called “{{arm}}”. Give each an id of its own.',
  },
  forkOfNobody: {
    title: 'A fork comes from nobody',
    text: '“{{arm}}” is said to come from “{{of}}”, and there is no such student. Take “{{arm}}” away, or bring “{{of}}” back.',
  },
  forkOtherStudent: {
    title: 'A fork is another student than the one that it comes from',
    text: 'Up to step {{step}} “{{arm}}” is “{{of}}”: both need the same layers, width, heads and start. Give them the same, or take “{{arm}}” away.',
  },
  forkTooLate: {
    title: 'The fork comes after the end',
    text: '“{{arm}}” would go its own way after step {{step}}, and the run ends after step {{steps}}. Train longer, or fork earlier.',
  },
  forkTooEarly: {
    title: 'A fork comes before the one that it comes from',
    text: '“{{arm}}” would leave “{{of}}” after step {{step}}, and that is another student itself until step {{apart}}. Fork later, or from the one before.',
  },
  peerStillAnother: {
    title: 'Who teaches comes later',
    text: '“{{arm}}” learns from “{{peer}}”, which goes its own way only after step {{step}}. Choose another teacher for “{{arm}}”.',
  },
  forkNotKept: {
    title: 'Step {{step}} can’t be forked any more',
    text: 'The run that it was part of is neither open nor kept here any more. What is open stays as it is.',
  },
  urlUnknownPreset: {
    title: 'The link names an unknown preset',
    text: 'There is no preset “{{value}}”; “{{used}}” is open instead. The presets are in the menu beside the name of the page, at the top.',
  },
  urlUnknownParameter: {
    title: 'The link holds something unknown',
    text: '“{{parameter}}” is not a setting and was left out. Check its spelling in the address.',
  },
  urlMalformed: {
    title: 'A value in the link can’t be read',
    text: '“{{value}}” is not a possible value of {{parameter}} and was left out. Correct it here or in the address.',
  },
  urlOutOfRange: {
    title: 'A value in the link is out of range',
    text: '{{parameter}} can’t be {{value}}; the nearest possible value, {{used}}, is used. Change it here if you want another.',
  },
  othersWithoutTeacher: {
    title: 'There is no first teacher',
    text: 'Other teachers stand beside one, and this experiment has none. Choose a teacher, or leave the others out.',
  },
  othersSpeakOtherwise: {
    title: 'The teachers have different words',
    text: 'The teacher’s vocabulary has {{vocabulary, number}} words, another’s {{other, number}}: their probabilities can’t be compared. Choose teachers of one vocabulary.',
  },
  teacherOutOfRange: {
    title: 'There is no teacher {{index}}',
    text: '“{{arm}}” learns from it; there are {{teachers}}. Choose one of these.',
  },
  ensembleOfOne: {
    title: 'One teacher is no ensemble',
    text: '“{{arm}}” learns from all teachers, and there is one. Add another, or let it learn from the teacher.',
  },
  ensembleHasNoLayers: {
    title: '{{what}} needs one teacher’s layers',
    text: '“{{arm}}” learns from several teachers or from another student, of whom only predictions can be compared here. Set the weight of {{what}} to 0, or let it learn from one teacher.',
  },
  ensembleHasNoLogits: {
    title: '{{what}} needs logits, and a mean of probabilities has none',
    text: '“{{arm}}” learns from the mean of the teachers’ probabilities, which fixes logits but for a number that {{what}} would see. Let it learn from the mean of their logits, or set the weight of {{what}} to 0.',
  },
  peerMissing: {
    title: 'There is no student {{peer}} to learn from',
    text: '“{{arm}}” names it. Choose another arm of this experiment.',
  },
  urlNewer: {
    title: 'The link is of a later version',
    text: 'It names version {{version}}, and this page knows {{known}}. The default experiment was opened; reload the page to get a newer one.',
  },
  weightsTruncated: {
    title: 'The weights are incomplete',
    text: 'The file ends after {{bytes, number}} bytes of at least {{needed, number}}. Download it again.',
  },
  weightsMalformed: {
    title: 'A file of the teacher can’t be read',
    text: '{{file}} is not as it should be: {{reason}}. Load it again, or use a copy from its source.',
  },
  weightsWrongShape: {
    title: 'The weights do not fit the model',
    text: '{{name}} has shape {{shape}}, and config.json asks for {{expected}}. Use the weights and the config.json of one and the same model.',
  },
  weightsMissing: {
    title: 'Weights are missing',
    text: '{{name}} is not in the file. Use the weights of a BertForMaskedLM, with its head.',
  },
  weightsOtherVocabulary: {
    title: 'Tokenizer and weights have different vocabularies',
    text: 'The tokenizer has {{vocabulary, number}} tokens, the weights have {{rows, number}}. Use the tokenizer.json that the model was trained with.',
  },
  weightsNotFinite: {
    title: 'The weights are damaged',
    text: '{{name}} holds values that are not finite numbers. Use another copy, or an earlier checkpoint of the model.',
  },
  weightsOverflow: {
    title: 'The weights are too large to be kept',
    text: '{{name}} holds {{value}}, and float16 ends at 65,504. The training has diverged: press Reset, lower the learning rate and train again.',
  },
  configUnsupported: {
    title: 'This kind of model is not supported',
    text: 'Its config.json has {{key}}: {{value}}. Stillroom runs BERT models with erf GELU and absolute positions; choose one of these.',
  },
  teacherMissing: {
    title: 'The teacher is not in this browser',
    text: '“{{name}}” was kept in the browser it was trained in, and is not here. Train it again, or choose a bundled teacher.',
  },
  downloadFailed: {
    title: 'A file could not be loaded',
    text: 'The server answered {{status}} to {{file}}. Reload the page in a while; where you host it yourself, see that the file is there.',
  },
  downloadUnreachable: {
    title: 'A file could not be loaded',
    text: '{{file}} did not arrive. See that you are online, and try again.',
  },
  downloadStalled: {
    title: 'A file stopped arriving',
    text: 'No byte of {{file}} came for {{seconds}} seconds. See that you are online, and try again: it goes on from what is here already.',
  },
  downloadNotWhatWasAsked: {
    title: 'The server sent something else',
    text: 'In place of {{file}} came something that is no such file, as a sign-in page or the front page of a site. Sign in to the network and try again; where you host Stillroom yourself, see that the file is there.',
  },
  downloadTooLarge: {
    title: 'A file is too large',
    text: '{{file}} has {{bytes, number}} bytes; the limit is {{most, number}}. Use a smaller one.',
  },
  interrupted: {
    title: 'Not measured',
    text: 'Something else was asked for meanwhile. Press Measure again for new figures.',
  },
  backendUnavailable: {
    title: 'The backend that was asked for does not start',
    text: '{{backend}} is not available here. Remove “backend” from the address, and the fastest that runs is chosen.',
  },
  deviceLost: {
    title: 'The GPU was lost',
    text: 'The system took it away, as it does on sleep, a driver update or lack of memory. The run goes on from step {{step}}. If it happens again, choose a smaller batch, or add ?backend=wasm to the address.',
  },
  deviceGone: {
    title: 'The GPU was lost and does not come back',
    text: 'The run goes on from step {{step}} on the processor: the same training, fewer steps a second. Reload the page to look for the GPU again.',
  },
  workerNotLoaded: {
    title: 'The part of the page that trains did not arrive',
    text: 'Its script could not be loaded. See that you are online, and try again; where you host the page yourself, see that the folder “assets” is there as a whole and that no policy forbids workers.',
  },
  workerDied: {
    title: 'The training stopped unexpectedly',
    text: 'The worker that trained has ended; another one takes the run up where it was. If that ends too, choose a smaller batch or fewer students, and reload the page.',
  },
  outOfMemory: {
    title: 'The memory is used up',
    text: 'None was left. Choose a smaller batch, shorter sequences or fewer students, or close other tabs.',
  },
  recordingFailed: {
    title: 'Training goes on, more slowly',
    text: 'This browser or GPU could not prepare a whole update at once ({{message}}), so that each operation is sent by itself. The results are the same. A newer browser may help.',
  },
  lossNotFinite: {
    title: '{{term}} is no longer a number',
    text: '“{{arm}}” diverged at step {{step}}, and the run stopped. Press Reset and lower the learning rate, for instance to a third, or the weight of {{term}}; a smaller clipping norm helps too.',
  },
  gradientNotFinite: {
    title: 'The gradient is no longer a number',
    text: '“{{arm}}” diverged at step {{step}}, and the run stopped. Press Reset and lower the learning rate, for instance to a third, or the weights of its losses; a smaller clipping norm helps too.',
  },
  snapshotMisfit: {
    title: 'The state that was kept does not fit',
    text: '{{name}} of “{{arm}}” is missing in it, has another size, or holds values that are not finite numbers. None of it was taken up. Press Reset to start from step 0, or open another file.',
  },
  engineFailed: {
    title: '{{engine}} could not be measured',
    text: 'It stopped with “{{message}}”. Measure again; if it stops once more, a newer browser may help.',
  },
  storageFull: {
    title: 'Nothing can be kept in this browser',
    text: 'Its storage is full, or off as in a private window. Everything goes on, and is gone when the tab is closed. Free some space, or use an ordinary window.',
  },
  storageSilent: {
    title: 'The browser’s storage doesn’t answer',
    text: 'Everything goes on without it for now, and it is asked again later. If this stays so, close the other tabs of this page, or restart the browser.',
  },
  storageNewer: {
    title: 'A later version has kept things here',
    text: 'This tab still runs an older version of the page, which can’t read them; they are left as they are. Reload the page to get the later version.',
  },
  storageErased: {
    title: 'Nothing is kept any more',
    text: 'Everything that was kept in this browser has been erased, perhaps from another tab. The run goes on here, and is kept again once the page is reloaded.',
  },
  keptBroken: {
    title: 'A run that was kept here can’t be read',
    text: 'Its part “{{part}}” is not as it should be, so that it was not opened but set aside. Download it under “Kept here” to report it, or delete it there.',
  },
  keptNewer: {
    title: 'A run that was kept here is of a later version',
    text: 'This version of the page can’t read it, and has set it aside. Reload the page to get the later version; the run can be downloaded under “Kept here”.',
  },
  runOfOtherTeacher: {
    title: 'This run belongs to another teacher',
    text: 'It was trained under a teacher or a text of the same name, but not with this content, so that it can’t go on here. Open it where it was saved, or start a new run.',
  },
  runOfOtherVectors: {
    title: 'This run had other word vectors',
    text: 'Its rows were varied by word vectors that are not in use any more. It is kept; use those vectors again and open it.',
  },
  stageNotKept: {
    title: 'That stage is not kept any more',
    text: 'What the students had come to by then is gone. The run stays as it is.',
  },
  notOpened: {
    title: 'No experiment is open yet',
    text: 'Wait until the models are loaded, or choose a preset, and try again.',
  },
  nothingToKeep: {
    title: 'There is nothing here to keep',
    text: 'Not all weights are finite numbers at this step. Press Reset, lower the learning rate, and train again.',
  },
  teacherGotWorse: {
    title: 'The teacher has begun to learn its text by heart',
    text: 'On text that it has not seen it was best at step {{best}} and has become worse up to step {{step}}. Training has stopped, and the teacher is as it was at step {{best}}: distil from it now.',
  },
  armMissing: {
    title: 'This student is gone',
    text: 'There is no “{{arm}}” in the experiment any more. Choose another student.',
  },
  unexpected: {
    title: 'Something unexpected happened',
    text: '“{{message}}”. Reload the page; if it happens again, please report it with these words.',
  },
} as const;
