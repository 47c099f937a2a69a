import { Button, NativeSelect, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraftStore } from '../../store/useDraftStore';
import { usePlayground } from '../../store/usePlayground';
import { useShortcuts } from '../useShortcuts';
import { Icon } from './Icon';
import { RunStatusLine } from './RunStatusLine';
import classes from './Transport.module.css';

const speeds = { slow: 1, medium: 5, fast: null } as const;
type SpeedName = keyof typeof speeds;
const speedNames = Object.keys(speeds) as SpeedName[];

/** Reset, Play, Step, the speed, and where the run stands: always in sight. */
export function Transport() {
  const { t } = useTranslation();
  const ready = usePlayground((state) => state.phase === 'ready');
  const state = usePlayground((playground) => playground.status.state);
  const step = usePlayground((playground) => playground.status.step);
  const steps = usePlayground((playground) => playground.status.steps);
  const opening = usePlayground((playground) => playground.opening);
  const speed = usePlayground((playground) => playground.speed);
  const actions = usePlayground((playground) => playground.actions);
  const play = useDraftStore((draft) => draft.play);
  useShortcuts();

  const playing = state === 'playing';
  const finished = state === 'finished';
  const playHint = t(finished ? 'shell.transport.finishedHint' : 'shell.transport.playHint');
  const loaded = opening?.total ? opening.loaded / opening.total : 0;
  const done = ready ? step / Math.max(1, steps) : loaded;
  return (
    <section className={classes.transport} aria-label={t('shell.transport.label')}>
      <div className={classes.buttons}>
        <Tooltip position="bottom" label={t('shell.transport.resetHint')}>
          <Button variant="default" disabled={!ready || step === 0} onClick={actions.reset}>
            {t('shell.transport.reset')}
          </Button>
        </Tooltip>
        <Tooltip position="bottom" label={playHint}>
          <Button
            className={classes.play}
            leftSection={<Icon name={playing ? 'pause' : 'play'} />}
            disabled={!ready || finished}
            aria-keyshortcuts="Space"
            onClick={playing ? actions.pause : play}
          >
            {t(playing ? 'shell.transport.pause' : 'shell.transport.play')}
          </Button>
        </Tooltip>
        <Tooltip position="bottom" label={t('shell.transport.stepHint')}>
          <Button
            variant="default"
            disabled={!ready || finished}
            aria-keyshortcuts="S ."
            onClick={actions.step}
          >
            {t('shell.transport.step')}
          </Button>
        </Tooltip>
        <NativeSelect
          className={classes.speed}
          aria-label={t('shell.transport.speed')}
          value={speedNames.find((name) => speeds[name] === speed) ?? 'fast'}
          onChange={(event) => actions.setSpeed(speeds[event.currentTarget.value as SpeedName])}
          data={speedNames.map((name) => ({ value: name, label: t(`shell.transport.${name}`) }))}
        />
      </div>
      <div
        className={classes.progress}
        role="progressbar"
        aria-label={
          ready ? t('shell.transport.progress') : opening ? t(`shell.opening.${opening.stage}`) : undefined
        }
        aria-valuenow={Math.round(100 * done)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ transform: `scaleX(${Math.min(1, done)})` }} />
      </div>
      <RunStatusLine />
    </section>
  );
}
