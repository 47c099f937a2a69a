import { type CSSProperties, type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { formatCount } from '../format';
import { useStages } from '../useStages';
import classes from './Timeline.module.css';
import { useTimelinePointer } from './useTimelinePointer';

/** Recorded steps that Page Up and Page Down go by. */
const page = 10;

/** Where the focus goes once the buttons of the past are gone. */
export const timelineId = 'timeline';

/** How far the run, or its opening, is; once something of it is recorded, also the way to look back at that. */
export function Timeline() {
  const { t } = useTranslation();
  const ready = usePlayground((state) => state.phase === 'ready');
  const opening = usePlayground((state) => state.opening);
  const step = usePlayground(({ status }) => status.step);
  const steps = usePlayground(({ status }) => Math.max(1, status.steps));
  const recorded = usePlayground(({ recording }) => recording.frames.length > 1);
  const past = usePlayground((state) => state.past?.step ?? null);
  const checkpoints = usePlayground((state) => state.checkpoints);
  const stages = useStages();
  const loaded = opening?.total ? opening.loaded / opening.total : 0;
  const done = Math.min(1, ready ? step / steps : loaded);
  const shown = past === null ? done : past / steps;
  const track = useRef<HTMLDivElement>(null);
  const { seek } = usePlayground((state) => state.actions);
  const pointer = useTimelinePointer(track, (share) => seek(share * steps));
  const spoken = useSpoken();

  const rail = (
    <div className={classes.rail}>
      <i className={classes.done} style={{ transform: `scaleX(${done})` }} />
      <i className={classes.shown} style={{ transform: `scaleX(${shown})` }} />
      {ready &&
        stages
          .slice(1)
          .map(({ start }) => (
            <b key={start} data-border={start} style={{ left: `${(100 * start) / steps}%` }} />
          ))}
      {past !== null &&
        checkpoints.map((kept) => (
          <u key={kept} data-kept={kept} style={{ left: `${(100 * kept) / steps}%` }} />
        ))}
    </div>
  );
  if (!ready || !recorded) {
    return (
      <div
        className={classes.timeline}
        role="progressbar"
        aria-label={
          ready ? t('shell.transport.progress') : opening ? t(`shell.opening.${opening.stage}`) : undefined
        }
        aria-valuenow={Math.round(100 * done)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        {rail}
      </div>
    );
  }
  return (
    <div
      ref={track}
      id={timelineId}
      className={classes.timeline}
      data-past={past !== null || undefined}
      role="slider"
      tabIndex={0}
      aria-label={t('shell.timeline.label')}
      aria-valuemin={0}
      aria-valuemax={steps}
      aria-valuenow={spoken.step}
      aria-valuetext={t(spoken.past ? 'shell.timeline.pastStep' : 'shell.timeline.liveStep', {
        step: formatCount(spoken.step),
      })}
      onKeyDown={press}
      {...pointer}
    >
      {rail}
      <span className={classes.handle} style={{ '--at': shown } as CSSProperties} />
    </div>
  );

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { seek, seekBy, backToLive } = usePlayground.getState().actions;
    const keys: Record<string, () => void> = {
      ArrowLeft: () => seekBy(-1),
      ArrowDown: () => seekBy(-1),
      ArrowRight: () => seekBy(1),
      ArrowUp: () => seekBy(1),
      PageDown: () => seekBy(-page),
      PageUp: () => seekBy(page),
      Home: () => seek(0),
      End: backToLive,
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  }
}

/** What the slider says of itself: still while a film or training moves it, since screen readers would say every step. */
function useSpoken() {
  const past = usePlayground((state) => state.past?.step ?? null);
  const moves = usePlayground(({ past, replaying, status }) =>
    past ? replaying : status.state === 'playing',
  );
  const step = usePlayground(({ past, status }) => past?.step ?? status.step);
  const last = useRef({ step, past: past !== null });
  if (!moves || last.current.past !== (past !== null)) last.current = { step, past: past !== null };
  return last.current;
}
