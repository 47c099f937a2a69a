import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Where } from './figures';

/** What a part of a student is called, by itself and after an “in”. */
export function usePartNames() {
  const { t } = useTranslation();
  return useCallback(
    (where: Where, how: 'alone' | 'in' = 'alone'): string =>
      where.startsWith('layer.')
        ? t('ledger.layer', { layer: Number(where.slice('layer.'.length)) })
        : t(`ledger.${how === 'in' ? 'inPart' : 'part'}.${where as Exclude<Where, `layer.${number}`>}`),
    [t],
  );
}
