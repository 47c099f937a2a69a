import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { ForkDialog, loadDialogs } from '../dialogs';
import { formatCount } from '../format';
import { ForkButton } from './ForkButton';
import { Icon } from './Icon';
import { Meaning } from './Meaning';
import { timelineId } from './Timeline';
import classes from './Timeline.module.css';

/** Times of the usual speed of a film: four recorded steps a second. */
const speeds = [0.5, 1, 2, 4, 8, 16];

/** Says whether what is on screen is now or recorded; of the past, plays it back and leads to now. */
export function LiveOrPast() {
  const { t } = useTranslation();
  const recorded = usePlayground(({ phase, recording }) => phase === 'ready' && recording.frames.length > 1);
  const past = usePlayground((state) => state.past?.step ?? null);
  if (!recorded) return null;
  if (past !== null) return <InThePast step={past} />;
  return (
    <div className={classes.now}>
      <Meaning text={t('shell.timeline.liveMeaning')}>
        <i className={classes.dot} />
        {t('shell.timeline.live')}
      </Meaning>
    </div>
  );
}

function InThePast({ step }: { step: number }) {
  const { t } = useTranslation();
  const replaying = usePlayground((state) => state.replaying);
  const speed = usePlayground((state) => state.replaySpeed);
  const { replay, restReplay, setReplaySpeed, backToLive } = usePlayground((state) => state.actions);
  const controls = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const own = controls.current;
    // A film that ends takes these buttons along, and whoever is on one of them goes on from the bar.
    return () => {
      if (own?.contains(document.activeElement)) document.getElementById(timelineId)?.focus();
    };
  }, []);
  const label = t(replaying ? 'shell.timeline.rest' : 'shell.timeline.replay');
  return (
    <div ref={controls} className={classes.now} data-past>
      <Meaning text={t('shell.timeline.pastMeaning')}>
        <i className={classes.dot} />
        {t('shell.timeline.past', { step: formatCount(step) })}
      </Meaning>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={label}
        title={label}
        onClick={replaying ? restReplay : replay}
      >
        <Icon name={replaying ? 'pause' : 'play'} />
      </ActionIcon>
      <NativeSelect
        className={classes.speed}
        size="xs"
        aria-label={t('shell.timeline.speed')}
        title={t('shell.timeline.speedMeaning')}
        value={String(speed)}
        onChange={(event) => setReplaySpeed(Number(event.currentTarget.value))}
        data={speeds.map((times) => ({
          value: String(times),
          label: t('shell.timeline.times', { times }),
        }))}
      />
      <ForkButton step={step} dialog={ForkDialog} onNear={loadDialogs} />
      <Button variant="default" size="xs" onClick={backToLive}>
        {t('shell.timeline.backToLive')}
      </Button>
    </div>
  );
}
