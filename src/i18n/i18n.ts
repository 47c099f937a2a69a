import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { commandLine } from './en/commandLine';
import type { computed } from './en/computed';
import type { dialogProblems } from './en/dialogProblems';
import type { kept } from './en/kept';
import type { methodAbout } from './en/methodAbout';
import type { seeds } from './en/seeds';
import type { speed } from './en/speed';
import type { text } from './en/text';
import { english } from './english';

/** Words that come with dialogs (`dialogWords.ts`), and those of the command line (`cli/words.ts`). */
interface Elsewhere {
  commandLine: typeof commandLine;
  computed: typeof computed;
  kept: typeof kept;
  problem: typeof dialogProblems;
  methodAbout: typeof methodAbout;
  speed: typeof speed;
  text: typeof text;
  seeds: typeof seeds;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english & Elsewhere };
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: english } },
  interpolation: { escapeValue: false },
});

export { i18next };
