import { Button, NativeSelect, Tooltip } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { playOrPause, stepOnce } from '../playOrPause';
import { useReportHeight } from '../usePageFrame';
import { useShortcuts } from '../useShortcuts';
import { Announcer } from './Announcer';
import { CompactTemperature } from './CompactTemperature';
import { Icon } from './Icon';
import { LiveOrPast } from './LiveOrPast';
import { RunStatusLine } from './RunStatusLine';
import { Timeline } from './Timeline';
import classes from './Transport.module.css';

const speeds = { slow: 1, medium: 5, fast: null } as const;
type SpeedName = keyof typeof speeds;
const speedNames = Object.keys(speeds) as SpeedName[];

/** Reset, Play, Step, the speed, and where the run stands: always in sight, with T once its own bar is not. */
export function Transport() {
  const { t } = useTranslation();
  const ready = usePlayground((state) => state.phase === 'ready');
  const state = usePlayground((playground) => playground.status.state);
  const step = usePlayground((playground) => playground.status.step);
  const past = usePlayground((playground) => playground.past !== null);
  const speed = usePlayground((playground) => playground.speed);
  const actions = usePlayground((playground) => playground.actions);
  const bar = useRef<HTMLElement>(null);
  useShortcuts();
  useReportHeight(bar);

  const playing = state === 'playing';
  const finished = state === 'finished';
  const playHint = t(finished ? 'shell.transport.finishedHint' : 'shell.transport.playHint');
  return (
    <section
      ref={bar}
      className={classes.transport}
      data-past={past || undefined}
      aria-label={t('shell.transport.label')}
    >
      <div className={classes.buttons}>
        <Tooltip position="top" label={t('shell.transport.resetHint')}>
          <Button variant="default" disabled={!ready || step === 0} onClick={actions.reset}>
            {t('shell.transport.reset')}
          </Button>
        </Tooltip>
        <Tooltip position="top" label={playHint}>
          <Button
            className={classes.play}
            leftSection={<Icon name={playing ? 'pause' : 'play'} />}
            disabled={!ready || finished}
            aria-keyshortcuts="Space"
            onClick={playOrPause}
          >
            {t(playing ? 'shell.transport.pause' : 'shell.transport.play')}
          </Button>
        </Tooltip>
        <Tooltip position="top" label={t('shell.transport.stepHint')}>
          <Button variant="default" disabled={!ready || finished} aria-keyshortcuts="S ." onClick={stepOnce}>
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
      <CompactTemperature />
      <LiveOrPast />
      <RunStatusLine />
      <Timeline />
      <Announcer />
    </section>
  );
}
