/** Models as files for other programs. */
export const saving = {
  title: 'Save a model for other programs',
  lede: 'A zip holds a folder that transformers, the library that most programs in Python use, loads by its path: the weights as float32, bit for bit; the tokenizer; an ONNX file, with the weights once more, for onnxruntime and transformers.js, which runs models in a page; and a card that says what the model knows, how it was made, and how to make it again. The file goes to your disk and nowhere else.',
  rests:
    'The run rests for it. For the card all models are measured on all of the held-out text, where that has not been done at this step.',
  untrained: 'Students can be saved once they have had their first update.',
  loading: 'Looking which models there are …',
  model: '{{parameters}} parameters, {{bytes}} of weights',
  save: 'Save as zip',
  saveNamed: 'Save {{name}} as a zip',
  measuring: 'Measuring, for the card of {{name}} …',
  writing: 'Writing {{name}} …',
  done: 'Saved as {{file}}, {{bytes}}.',
  ended: {
    title: 'It was not saved',
    text: 'The run went on meanwhile, or another one was opened. Press the button again: the run rests for it.',
  },
  loadTitle: 'How to load it',
  load: 'Unpack the zip, and beside the folder:',
  ownTitle: 'Before you give it away',
  own: 'It learned from what is yours. No text, row or name of yours is in the zip, but the vocabulary holds words of a text that its tokenizer was trained on, the classes have the names that you gave them, and a model can repeat what it has read. Who may use it is yours to say: the card leaves its licence open.',
} as const;
