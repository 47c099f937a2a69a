/** Pieces of text that cards of models share. */
import type { TFunction } from 'i18next';
import type { TextSource } from '../config/experiment';
import { isOwn } from '../config/text';
import { textName } from './textName';

/** What people wrote, on one line and without what Markdown would read. */
export const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/[`|<>*[\]]/g, '');

/** A figure with four digits at most, as any program reads it. */
export const digits = (value: number) => String(Number(value.toPrecision(4)));

/** What a text is called in public. */
export const publicName = (text: TextSource, t: TFunction) =>
  isOwn(text) ? textName({ ...text, name: '' }, t) : textName(text, t);
