/** The words of "What is exactly computed", which come with that dialog: they are too many to load with the page. */
import { computed } from './en/computed';
import { i18next } from './i18n';

export const addComputedWords = () => i18next.addResourceBundle('en', 'translation', { computed }, true);
