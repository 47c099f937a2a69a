import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../config/problems';
import { loadAgain } from '../lazyChunk';
import classes from './PanelBoundary.module.css';

interface MissingProps {
  error: unknown;
  onClose: () => void;
}

/** In place of a dialog that did not load, or stopped: over the page, which goes on. */
export function Missing({ error, onClose }: MissingProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.missing} role="alert">
      <h2>{t('shell.dialogFailed.title')}</h2>
      <p>{t('shell.dialogFailed.text')}</p>
      <p className={classes.detail}>{String(problemOf(error).values?.message ?? problemOf(error).code)}</p>
      <Group gap="xs">
        <Button size="xs" onClick={loadAgain}>
          {t('common.tryAgain')}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          {t('common.close')}
        </Button>
      </Group>
    </section>
  );
}
