/**
 * The card (README.md) of a model that is saved for other programs, in Markdown. It goes out into the world: it names no text,
 * rows or teacher of a person's own.
 */
export const modelCard = {
  student:
    'A small model that learned in Stillroom, a playground for knowledge distillation in a browser tab: {{name}}, after {{step, number}} updates.',
  teacher: 'A teacher of Stillroom, a playground for knowledge distillation in a browser tab: {{name}}.',
  fillsIn: 'It fills in words: asked for `[MASK]` in a sentence, it gives a probability to every token.',
  classifies: 'It tells {{count, number}} classes of a text apart: {{labels}}.',
  classifiesPairs: 'It tells {{count, number}} classes of a pair of texts apart: {{labels}}.',
  shape:
    '`{{class}}`: {{layers}} × (attention of {{heads}} heads, feed-forward {{feedForward}}), {{width}} wide; {{vocabulary, number}} tokens, {{positions}} of them at most in a sequence; {{parameters, number}} parameters, as float32.',
  use: {
    title: 'Use it',
    python: 'With `transformers` (4.40 or later), beside the folder:',
    onnx: '`onnx/model.onnx`, where there is one, computes the same in onnxruntime, and in transformers.js (3 or later) where the folder is served.',
    onnxPairs: 'For pairs of texts ask transformers.js’ tokenizer for `return_token_type_ids: true`.',
    sentence: 'The dog ran to the [MASK].',
    text: 'A text',
    first: 'The first text',
    second: 'The second text',
    ownTokenizer:
      'Its tokenizer was trained on the text. `AutoTokenizer` reads `tokenizer.json` as it is; a `BertTokenizer` by name would cut words otherwise.',
  },
  figures: {
    title: 'What it knows',
    model: 'model',
    it: 'this model',
    itsTeacher: 'its teacher',
    words: 'words right',
    labels: 'labels right',
    matthews: 'Matthews’ correlation',
    f1: 'F1, mean over the labels',
    loss: 'loss, nats',
    agreement: 'says what the teacher says',
    kl: 'KL to the teacher, nats',
    onWords: 'On {{places, number}} masked words of held-out text, at update {{step, number}}, at T = 1.',
    onRows: 'On {{places, number}} held-out rows, at update {{step, number}}, at T = 1.',
    ofSample: 'That is a sample of what is held out.',
    few: 'So few say little.',
    none: 'Nothing was measured.',
    task: 'Masked words',
    taskOfLabels: 'Text classification',
  },
  recipe: {
    title: 'How it was made',
    stage: '**Stage {{number}}.** {{what}}',
    budget:
      '{{text}}: {{steps, number}} updates of {{batch}} sequences of at most {{length}} tokens; AdamW, learning rate {{rate}} after {{warmup}} of warm-up, then falling to 0; weight decay {{decay}}, gradients cut at norm {{clip}}; seed {{seed}}.',
    dropout: 'Dropout {{share}}.',
    accumulation: 'An update is the mean of {{count}} batches.',
    without: 'Sequences with the word “{{word}}” were left out.',
    objective: 'Loss: {{terms}}.',
    temperature: 'Softened at T = {{value}}.',
    methods: 'Methods: {{methods}}.',
    hardLabels: 'No teacher: it learned from the text’s own words, or the rows’ own labels, alone.',
    taughtBy: {
      teacher: 'Taught by the teacher.',
      member: 'Taught by teacher {{number}} of the experiment.',
      ensemble: 'Taught by all teachers of the experiment, by the mean of their {{mean}}.',
      arm: 'Taught by another student of the experiment, while both learned.',
    },
    start: {
      copy: 'It began with layers {{blocks}} of the teacher of words, its embeddings and its head.',
      project: 'It began with layers {{blocks}} of the teacher of words, projected onto its own width.',
      random: 'It began with random weights.',
    },
    teacherOf: 'The teacher of words: {{teacher}}.',
    tuned:
      'It is the teacher of words, fine-tuned on the rows: {{steps, number}} updates, learning rate {{rate}}.',
    ownTeacher: 'one that its maker trained in Stillroom',
    bundledTeacher: '“{{name}}”, which comes with Stillroom (`{{id}}`), where its card says what it has read',
    randomTeacher: 'It has learned nothing: its weights are random, as BERT’s are before any training.',
    isTeacher: 'It is {{teacher}}.',
    tunedFirst: 'Its teacher was fine-tuned on the rows before, for {{steps, number}} updates.',
    augmented: 'Rows were varied as TinyBERT does, {{tries}} tries for each.',
  },
  data: {
    title: 'Data',
    bundled:
      '{{text}}: written for Stillroom, CC0 1.0. Plain English of short stories and everyday sentences; of the world beyond it knows little.',
    own: 'A text of its maker’s own, which is not part of this folder. Its words are: in the vocabulary, and in what the model says.',
    ownRows:
      'Labelled rows of its maker’s own, which are not part of this folder. The names of its classes are.',
  },
  licence: {
    title: 'Licence',
    bundled: 'MIT, as Stillroom and the teachers that come with it.',
    own: 'For its maker to choose: it has learned from a text or a teacher of theirs. A line `license:` at the top of this file says which.',
  },
  again: {
    title: 'Make it again',
    link: 'The experiment as a link: {{link}}',
    query: 'The experiment, to be put behind the address of a Stillroom: `{{link}}`',
    file: 'The same as data is `experiment.json`: `npm run distill -- --experiment experiment.json --out FOLDER`.',
    own: 'What was its maker’s own is needed for that, too.',
  },
} as const;
