import { Progress } from '@mantine/core';
import { usePlayground } from '../../../store/usePlayground';
import { formatBytes } from '../../format';
import classes from '../dialogs.module.css';

interface ImportProgressProps {
  /** Says how far it is. */
  words: (figures: { loaded: string; total: string }) => string;
  label: string;
}

/** How far the file that the worker reads is read. */
export function ImportProgress({ words, label }: ImportProgressProps) {
  const importing = usePlayground((state) => state.importing);
  const { loaded, total } = importing ?? { loaded: 0, total: 0 };
  return (
    <div className={classes.stack}>
      <span>{words({ loaded: formatBytes(loaded), total: formatBytes(total) })}</span>
      <Progress color="var(--teacher)" value={(100 * loaded) / Math.max(1, total)} aria-label={label} />
    </div>
  );
}
