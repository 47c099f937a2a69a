/** What a text is called on the page. */
import type { TFunction } from 'i18next';
import type { TextSource } from '../config/experiment';

/** What a stage is called where there are several: its text in a word. */
export const stageName = (text: TextSource, t: TFunction): string =>
  text.kind === 'bundled' ? t(`experiment.stages.text.${text.id}`) : textName(text, t);

/** A person's text that came by a link has no name. */
export function textName(text: TextSource, t: TFunction): string {
  switch (text.kind) {
    case 'own':
      return text.name || t('experiment.ownText');
    case 'bundled':
      return t(`experiment.bundledText.${text.id}`);
    case 'rows':
      return text.name || t('experiment.ownRows');
    case 'task':
      return t(`experiment.bundledTask.${text.id}`);
  }
}
