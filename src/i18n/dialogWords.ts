/** Adds the words that load later than the page (`laterWords.ts`). */
import { i18next } from './i18n';
import { dialogWords } from './laterWords';

/** What is there already under the same keys stays. */
export const addDialogWords = () => i18next.addResourceBundle('en', 'translation', dialogWords, true);
