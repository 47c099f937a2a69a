import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import type { NamedModel } from '../useModelNames';
import dialogs from './dialogs.module.css';
import { Curves } from './scores/Curves';
import { Parts } from './scores/Parts';
import type { SizedModel } from './scores/partFigures';
import { Asking } from './task/Asking';
import { useAnswer } from './task/useAnswer';

interface Props {
  /** One for each shape, the teacher first. */
  models: readonly SizedModel[];
  onClose: () => void;
}

/** Where the parameters sit, from the shapes alone, and how the time of a pass grows, measured when that is asked for. */
export function CostDialog({ models, onClose }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  return (
    <PageDialog title={t('scores.cost.title')} size="72rem" ofNow onClose={onClose}>
      <PanelBoundary minHeight={140}>
        <div className={dialogs.stack}>
          <Parts models={models} />
          <section className={dialogs.stack}>
            <h3>{t('scores.cost.time')}</h3>
            <p className={dialogs.lede}>{t('scores.cost.timeLede')}</p>
            {asked ? (
              <Measured models={models} onStop={() => setAsked(false)} />
            ) : (
              <div>
                <Button size="sm" onClick={() => setAsked(true)}>
                  {t('scores.cost.measure')}
                </Button>
                <p className={dialogs.lede}>{t('scores.cost.measureHint')}</p>
              </div>
            )}
          </section>
        </div>
      </PanelBoundary>
    </PageDialog>
  );
}

/** Whoever takes it away ends the measurement. */
function Measured({ models, onStop }: { models: readonly NamedModel[]; onStop: () => void }) {
  const { t } = useTranslation();
  const { measureCurves, stopGuessing } = usePlayground((state) => state.actions);
  const { answer, problem, again } = useAnswer(measureCurves, stopGuessing);
  if (answer) return <Curves found={answer} models={models} onAgain={again} />;
  return (
    <div>
      <Asking label={t('scores.cost.asking')} problem={problem} onAgain={again} />
      {!problem && (
        <Button variant="default" size="xs" mt={8} onClick={onStop}>
          {t('scores.cost.stop')}
        </Button>
      )}
    </div>
  );
}
