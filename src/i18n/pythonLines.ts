/** How a saved model is used in Python. */
import type { TFunction } from 'i18next';
import type { CardFacts } from './cardFacts';

/** Lines of Python that load a folder and ask the model something. */
export function pythonLines(
  { classes, pairs, folder }: Pick<CardFacts, 'classes' | 'pairs' | 'folder'>,
  t: TFunction,
): string[] {
  const task = classes ? 'text-classification' : 'fill-mask';
  // Python reads what JSON quotes.
  const say = (key: 'sentence' | 'text' | 'first' | 'second') => JSON.stringify(t(`modelCard.use.${key}`));
  const asked = pairs
    ? `{"text": ${say('first')}, "text_pair": ${say('second')}}`
    : say(classes ? 'text' : 'sentence');
  return [
    'from transformers import pipeline',
    '',
    `model = pipeline("${task}", model=${JSON.stringify(folder)})`,
    `print(model(${asked}))`,
  ];
}
