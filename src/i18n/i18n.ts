import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { commandLine } from './en/commandLine';
import type { commandLineProblems } from './en/commandLineProblems';
import type { glue } from './en/glue';
import type { seeds } from './en/seeds';
import { english } from './english';
import type { dialogWords } from './laterWords';

/** Words that no page says, which `cli/words.ts` adds; those that load later than the page are in `laterWords.ts`. */
interface CommandLineWords {
  commandLine: typeof commandLine;
  glue: typeof glue;
  problem: typeof commandLineProblems;
  seeds: typeof seeds;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english & typeof dialogWords & CommandLineWords };
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: english } },
  interpolation: { escapeValue: false },
});

export { i18next };
