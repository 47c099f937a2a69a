import { useTranslation } from 'react-i18next';
import type { Paper } from '../../methods/method';

/** Where a formula is from: the place in a paper or in its program, and the paper. */
export function Source({ paper, children }: { paper: Paper; children?: string }) {
  const { t } = useTranslation();
  const { title, authors, year, arxiv } = paper;
  return (
    <p>
      {t('common.paper', { title, authors, year: String(year) })}{' '}
      <a href={`https://arxiv.org/abs/${arxiv}`} target="_blank" rel="noreferrer">
        arXiv:{arxiv}
      </a>
      {children && `: ${children}`}
    </p>
  );
}
