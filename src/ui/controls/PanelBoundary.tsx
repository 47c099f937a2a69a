import { Button } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../config/problems';
import { loadAgain, useGeneration } from '../lazyChunk';
import classes from './PanelBoundary.module.css';

function Stopped({ error, again }: { error: unknown; again: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={classes.stopped} role="alert">
      <h2>{t('shell.panelFailed.title')}</h2>
      <p>{t('shell.panelFailed.text')}</p>
      <p className={classes.detail}>{String(problemOf(error).values?.message ?? problemOf(error).code)}</p>
      <Button variant="default" size="xs" onClick={again}>
        {t('common.tryAgain')}
      </Button>
    </section>
  );
}

/** Holds the place of a panel that is still loading, and keeps a panel that fails from taking the page with it. */
export function PanelBoundary({ minHeight, children }: { minHeight: number; children: ReactNode }) {
  return (
    <ErrorBoundary
      resetKeys={[useGeneration()]}
      // What another panel's try brings is there for this one as well, and asked for anew where it failed.
      fallbackRender={({ error }) => <Stopped error={error} again={loadAgain} />}
    >
      <Suspense fallback={<div className={classes.loading} style={{ minHeight }} aria-busy="true" />}>
        {children}
      </Suspense>
    </ErrorBoundary>
  );
}
