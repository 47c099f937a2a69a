/** The model card written beside the teacher assistant. */

import type { Training } from '../../src/config/experiment';
import { teacherModel } from '../../src/config/modelIds';
import type { HeldOut, ModelSize } from '../../src/config/results';
import type { TeacherShape } from '../../src/config/teachers';

interface Measured {
  sequenceLength: number;
  maskedWords: number;
  teacher: HeldOut;
  assistant: HeldOut;
}

interface Card {
  id: string;
  teacherId: string;
  shape: TeacherShape;
  training: Training;
  sizes: Record<string, ModelSize>;
  figures: Measured[];
}

const count = (value: number) => value.toLocaleString('en');

export function assistantCard({ id, teacherId, shape, training, sizes, figures }: Card): string {
  const rows = figures.flatMap(({ sequenceLength, teacher, assistant }) =>
    [
      [id, sequenceLength, assistant.accuracy, assistant.loss, assistant.klToTeacher, assistant.agreement],
      [teacherId, sequenceLength, teacher.accuracy, teacher.loss],
    ].map((cells) => {
      const [name, length, ...values] = [...cells, null, null].slice(0, 6);
      const shown = values.map((value) => (typeof value === 'number' ? value.toFixed(3) : ''));
      return `| ${[name, length, ...shown].join(' | ')} |`;
    }),
  );
  return `# ${id}

A teacher assistant: a BERT between the teacher \`${teacherId}\` and the playground's students in size
(Mirzadeh et al. 2020, arXiv:1902.03393), distilled from that teacher by Stillroom itself.

- Shape: ${shape.layers} layers, hidden size ${shape.hiddenSize}, ${shape.heads} heads, intermediate size ${shape.intermediateSize}, vocabulary ${shape.vocabularySize},
  at most ${shape.maxPositions} tokens; ${count(sizes.assistant.parameters)} parameters (the teacher: ${count(sizes[teacherModel].parameters)}), stored as float16.
- Text: Stillroom's stories (CC0 1.0; every tenth one held out), and no other. The teacher has read more: see its card.
- Tokenizer: the teacher's, byte for byte.
- Start: the teacher's first ${shape.layers} layers, projected onto ${shape.hiddenSize} directions (\`src/model/projection.ts\`).
- Training: ${count(training.steps)} steps of ${training.batchSize} sequences of at most ${training.sequenceLength} tokens, learning rate ${training.learningRate}, seed ${training.seed}; soft
  cross-entropy with the teacher's predictions at the masked words, T = 1, and no hard labels.
  \`npx tsx tools/pretrain/assistant.ts\` does it again.
- Language: plain English of short children's stories. It knows little else, and its guesses can
  repeat the habits and gaps of these texts.
- Load it with \`BertForMaskedLM.from_pretrained\` (the decoder is tied to the token embeddings).

## Figures

All held-out stories, 15 % of their words masked once and all shown as [MASK]; loss and KL to the teacher in nats per
masked word, and the share of words where its first guess is the teacher's.

| model | length | accuracy | loss | KL | as the teacher |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
