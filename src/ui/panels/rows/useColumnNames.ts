import { useTranslation } from 'react-i18next';
import type { RowsPreview } from '../../../config/rowsPreview';

/** What the columns are called: as the file names them, else by their number. */
export function useColumnNames(preview: RowsPreview | null): string[] {
  const { t } = useTranslation();
  return (preview?.columnFacts ?? []).map(
    ({ name }, i) => name?.trim() || t('rows.layout.column', { number: i + 1 }),
  );
}
