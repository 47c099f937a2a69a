/** The dialog in which people bring word vectors of their own. */
export const vectors = {
  title: 'Word vectors',
  lede: 'Augmentation exchanges a word of several pieces for one whose vector is near. A GloVe file, a word and its numbers on each line, can stand in for our vectors. It may be gigabytes: only words of the bundled texts and of your rows are kept, in this browser. Add your rows first, since words that come later have no vector.',
  ours: 'In use: ours, trained on the bundled texts.',
  own: 'In use: “{{name}}”, {{words, number}} words of {{dimension}} numbers.',
  drop: 'Drop a file here, or',
  choose: 'choose a file',
  reading: 'Reading {{loaded}} of {{total}}. Training goes on meanwhile.',
  readingProgress: 'How much of the file is read',
  facts: {
    title: '“{{name}}” can be used',
    words: 'Words kept',
    dimension: 'Numbers of each vector',
    lines: 'Words in the file',
    missing: 'Words of your rows and the bundled texts that it lacks; they stay as they are',
    cut: 'The file is longer than what is read of it. The most frequent words stand first, so that little is lost.',
    near: 'Nearest to “{{word}}”',
  },
  use: 'Use these vectors',
  another: 'Another file',
  back: 'Use ours again',
  backConfirm: 'Yes, delete these',
} as const;
