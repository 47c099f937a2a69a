/** What a text is called on the page. */
import type { TFunction } from 'i18next';
import type { TextSource } from '../config/experiment';

/** A person's text that came by a link has no name. */
export const textName = (text: TextSource, t: TFunction): string =>
  text.kind === 'own' ? text.name || t('experiment.ownText') : t(`experiment.bundledText.${text.id}`);
