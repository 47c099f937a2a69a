import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { notices as words } from '../i18n/en/notices';
import type { Notice } from '../store/state';
import { useProblemWords } from './useProblemWords';

/** The words of a notice: title and text of a problem, or a message. */
export function useNoticeWords(): (notice: Notice) => string[] {
  const { t } = useTranslation();
  const problemWords = useProblemWords();
  return useCallback(
    ({ problem, message }) => {
      // Key and figures come as data from the store.
      const say = t as (
        key: `notice.${keyof typeof words}`,
        figures: Record<string, string | number>,
      ) => string;
      const said = problem && problemWords(problem);
      return [
        ...(said ? [said.title, said.text] : []),
        ...(message ? [say(`notice.${message.key as keyof typeof words}`, message.values ?? {})] : []),
      ];
    },
    [t, problemWords],
  );
}
