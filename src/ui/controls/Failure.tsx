import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../config/problems';
import { usePlayground } from '../../store/usePlayground';
import { useProblemWords } from '../useProblemWords';
import classes from './Failure.module.css';

/** This page's address, with the choice of a backend left to the page. */
function withoutBackend(): string {
  const address = new URL(location.href);
  address.searchParams.delete('backend');
  return address.href;
}

/** Why no experiment is open, and the ways on from there. */
export function Failure({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const { title, text } = useProblemWords()(problem);
  const { retry, choosePreset } = usePlayground((state) => state.actions);
  return (
    <section className={classes.failure} role="alert">
      <p className={classes.kicker}>{t('shell.failure.heading')}</p>
      <h2>{title}</h2>
      <p>{text}</p>
      <Group gap="xs" mt="sm">
        {problem.code === 'backendUnavailable' ? (
          // The presets would ask for the same backend.
          <Button component="a" href={withoutBackend()}>
            {t('shell.failure.anyBackend')}
          </Button>
        ) : (
          <>
            <Button onClick={retry}>{t('common.tryAgain')}</Button>
            <Button variant="default" onClick={() => choosePreset('distilbert')}>
              {t('shell.failure.default')}
            </Button>
            <Button variant="default" onClick={() => choosePreset('tiny')}>
              {t('shell.failure.tiny')}
            </Button>
          </>
        )}
      </Group>
    </section>
  );
}
