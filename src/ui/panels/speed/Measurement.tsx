import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSpeed } from '../../../store/speed';
import { usePlayground } from '../../../store/usePlayground';
import { useProblemWords } from '../../useProblemWords';
import dialogs from '../dialogs.module.css';
import { CopyButton } from './CopyButton';
import { Result } from './Result';
import styles from './speed.module.css';
import { verdict } from './summary';

/** How long a measurement takes on most machines, and where WebGPU is emulated, s. */
const usualSeconds = { real: 10, emulated: 40 };

/** Pausing, two stages of each engine, and two that all share. */
const allStages = 9;

/** Starts and ends a measurement, says how far it is, and shows the last one. */
export function Measurement() {
  const { t } = useTranslation();
  const words = useProblemWords();
  const backend = usePlayground((state) => state.backend);
  const opening = usePlayground(({ phase }) => phase === 'opening');
  const { stage, stagesDone, result, problem, stopped, start, stop } = useSpeed();
  // Whoever closes the dialog does not wait for figures.
  useEffect(() => stop, [stop]);

  if (!backend || backend.name === 'cpu') return <p className={dialogs.lede}>{t('speed.onlyOnCpu')}</p>;
  const said = problem && words(problem);
  return (
    <div className={dialogs.stack}>
      <p className={dialogs.lede}>
        {t('speed.lede', {
          backend: t(`shell.backend.${backend.name}`),
          seconds: usualSeconds[backend.software ? 'emulated' : 'real'],
        })}
      </p>
      <Group gap="xs">
        <Button
          variant={stage ? 'default' : 'filled'}
          disabled={opening && !stage}
          onClick={stage ? stop : start}
        >
          {t(stage ? 'speed.stop' : result ? 'speed.again' : 'speed.start')}
        </Button>
        {result && !stage && <CopyButton result={result} />}
      </Group>
      <div className={styles.said} aria-live="polite">
        {stage ? (
          <p>
            {t(`speed.stage.${stage.name}`, {
              engine: 'engine' in stage ? t(`speed.engine.${stage.engine}`) : '',
            })}
          </p>
        ) : (
          <>
            {opening && <p className={dialogs.lede}>{t('speed.opening')}</p>}
            {stopped && <p className={dialogs.lede}>{t('speed.stopped')}</p>}
            {result && <p className={styles.verdict}>{verdict(result, t)}</p>}
          </>
        )}
      </div>
      {stage && (
        <div className={styles.progress} aria-hidden>
          <i style={{ transform: `scaleX(${stagesDone / allStages})` }} />
        </div>
      )}
      {said && !stage && (
        <div className={dialogs.problem} role="alert">
          <strong>{said.title}</strong>
          <p>{said.text}</p>
        </div>
      )}
      {result && !stage && <Result result={result} />}
    </div>
  );
}
