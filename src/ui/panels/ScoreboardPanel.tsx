import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { Panel } from '../controls/Panel';
import { formatCount } from '../format';
import { useModels } from '../useModelNames';
import { ScoreTable } from './scoreboard/ScoreTable';
import styles from './scoreboard/scoreboard.module.css';
import { evaluationShown, type Measured } from './scoreboard/summary';
import { Verdicts } from './scoreboard/Verdicts';

/** What the models cost and can do, measured here, and what that comes to in a sentence. */
export function ScoreboardPanel() {
  const { t } = useTranslation();
  const opened = usePlayground((state) => state.opened);
  const arms = usePlayground((state) => state.experiment.arms);
  const step = usePlayground((state) => state.status.step);
  const full = usePlayground((state) => state.latestFull);
  const sample = usePlayground((state) => state.latestSample);
  const latency = usePlayground((state) => state.latency);
  const measuring = usePlayground((state) => state.measuring);
  const { measure } = usePlayground((state) => state.actions);
  const models = useModels();

  const point = evaluationShown(full, sample);
  const measured: Record<string, Measured> = Object.fromEntries(
    models.map(({ id }) => [
      id,
      {
        size: (id === 'teacher' ? opened?.teacher : opened?.arms[id]) ?? null,
        latency: latency?.[id] ?? null,
        quality: (id === 'teacher' ? point?.teacher : point?.arms[id]) ?? null,
      },
    ]),
  );

  const figures = point && { words: formatCount(point.maskedWords), step: formatCount(point.step) };
  return (
    <Panel
      name="scoreboard"
      title={t('scoreboard.title')}
      lede={t('scoreboard.lede')}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          onClick={measure}
          loading={measuring}
          disabled={!opened}
          title={t('scoreboard.measureHint')}
        >
          {t('scoreboard.measure')}
        </Button>
      }
    >
      <ScoreTable models={models} measured={measured} opening={!opened} />
      <p className={styles.note}>
        {measuring && `${t('scoreboard.measuring')} `}
        {figures
          ? t(point.extent === 'full' ? 'scoreboard.sourceFull' : 'scoreboard.sourceSample', figures)
          : t('scoreboard.sourceNone')}
        {point && point.step !== step && ` ${t('scoreboard.behind', { step: formatCount(step) })}`}
      </p>
      <Verdicts arms={arms} models={models} measured={measured} />
    </Panel>
  );
}
