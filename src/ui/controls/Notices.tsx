import { ActionIcon } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../store/state';
import { usePlayground } from '../../store/usePlayground';
import { useNoticeWords } from '../useNoticeWords';
import { Icon } from './Icon';
import classes from './Notices.module.css';

/** Milliseconds after which what is only for information goes by itself. */
const readFor = 8000;

function NoticeLine({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const words = useNoticeWords()(notice);
  const { dismissNotice } = usePlayground((state) => state.actions);
  // Whoever points at it or has the focus in it is reading.
  const [held, setHeld] = useState(false);
  const { id, tone, problem } = notice;
  const leaves = tone === 'info' && !held;
  useEffect(() => {
    if (!leaves) return;
    const timer = window.setTimeout(() => dismissNotice(id), readFor);
    return () => window.clearTimeout(timer);
  }, [leaves, id, dismissNotice]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody reads
    <div
      className={classes.notice}
      data-tone={tone}
      role={tone === 'error' ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>
        {words.map((part, i) =>
          problem && i === 0 ? <strong key={part}>{part}</strong> : <span key={part}>{part}</span>,
        )}
      </p>
      <ActionIcon variant="subtle" aria-label={t('shell.dismiss')} onClick={() => dismissNotice(id)}>
        <Icon name="close" />
      </ActionIcon>
    </div>
  );
}

/**
 * What went wrong, what was put right and what is done, along the foot of the window. The page ends above it, so that
 * it covers nothing that can't be scrolled to, and nothing moves when it comes. `Announcer` speaks it.
 */
export function Notices() {
  const { t } = useTranslation();
  const notices = usePlayground((state) => state.notices);
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const root = document.documentElement;
    const observer = new ResizeObserver(() =>
      root.style.setProperty('--notices', `${element.offsetHeight}px`),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.style.removeProperty('--notices');
    };
  }, []);
  return (
    <section ref={strip} className={classes.notices} aria-label={t('shell.notices')}>
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </section>
  );
}
