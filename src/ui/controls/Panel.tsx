import { ActionIcon, Tooltip } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelName } from '../../store/state';
import { usePlayground } from '../../store/usePlayground';
import type { Cells } from '../figures/csv';
import { SaveFigure } from '../figures/SaveFigure';
import { Icon } from './Icon';
import classes from './Panel.module.css';

interface PanelProps {
  name: PanelName;
  title: string;
  /** One sentence of what one sees and what to try. */
  lede?: ReactNode;
  /** Controls at the right of the title. */
  actions?: ReactNode;
  /** What the panel shows in numbers, where all of it is one figure to save. */
  numbers?: () => Cells;
  children: ReactNode;
}

/** A card of the page with its heading, its sentence, and a button that lets it fill the screen for a projector. */
export function Panel({ name, title, lede, actions, numbers, children }: PanelProps) {
  const { t } = useTranslation();
  const full = usePlayground((state) => state.view.fullPanel === name);
  const { setView } = usePlayground((state) => state.actions);
  const heading = useId();
  const section = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const wasFull = useRef(full);

  // The other panels are gone while one fills the screen: the page is scrolled to where this one now is.
  useEffect(() => {
    if (full !== wasFull.current) section.current?.scrollIntoView({ block: full ? 'start' : 'nearest' });
    wasFull.current = full;
  }, [full]);

  useEffect(() => {
    if (!full) return;
    const leave = (event: KeyboardEvent) => {
      // An open dialog takes Escape for itself.
      if (event.key !== 'Escape' || document.querySelector('[role="dialog"]')) return;
      // Once all others have had the key: a chart may take it for itself too.
      setTimeout(() => {
        if (!event.defaultPrevented) setView({ fullPanel: null });
      });
    };
    // Caught on the way down: an open tooltip, which closes as well, lets no Escape come up.
    window.addEventListener('keydown', leave, true);
    return () => window.removeEventListener('keydown', leave, true);
  }, [full, setView]);

  const label = t(full ? 'common.leaveFullScreen' : 'common.fillScreen', { panel: title });
  return (
    <section
      ref={section}
      className={classes.panel}
      data-panel={name}
      data-full={full || undefined}
      aria-labelledby={heading}
    >
      <header className={classes.head}>
        <h2 id={heading}>{title}</h2>
        <div className={classes.actions}>
          {actions}
          {numbers && <SaveFigure title={title} numbers={numbers} of={body} />}
          <Tooltip label={label}>
            <ActionIcon
              variant="subtle"
              aria-label={label}
              aria-pressed={full}
              onClick={() => setView({ fullPanel: full ? null : name })}
            >
              <Icon name={full ? 'shrink' : 'expand'} />
            </ActionIcon>
          </Tooltip>
        </div>
      </header>
      {lede && <p className={classes.lede}>{lede}</p>}
      <div ref={body} className={classes.body}>
        {children}
      </div>
    </section>
  );
}
