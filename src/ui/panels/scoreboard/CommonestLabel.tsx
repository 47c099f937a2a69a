import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../format';
import type { Task } from '../../useTask';
import styles from './scoreboard.module.css';
import type { Measured } from './summary';

/** What a model would reach that knows nothing of a text: on how many of the rows the commonest label is right. */
export function CommonestLabel({ task, measured }: { task: Task; measured: Record<string, Measured> }) {
  const { t } = useTranslation();
  const confusion = Object.values(measured).find(({ quality }) => quality?.confusion)?.quality?.confusion;
  const counts = confusion?.map((row) => row.reduce((sum, count) => sum + count, 0)) ?? [];
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(...counts);
  const label = task.labels[counts.indexOf(most)];
  if (rows === 0 || label === undefined) return null;
  return (
    <p className={styles.source}>
      {t('scoreboard.task.commonest', { label, share: formatPercent(most / rows) })}
    </p>
  );
}
