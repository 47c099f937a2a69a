import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { computed } from './en/computed';
import { english } from './english';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof english & { computed: typeof computed } };
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: english } },
  interpolation: { escapeValue: false },
});

export { i18next };
