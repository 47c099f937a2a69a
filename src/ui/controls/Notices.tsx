import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { notices as words } from '../../i18n/en/notices';
import type { Notice } from '../../store/state';
import { usePlayground } from '../../store/usePlayground';
import { useProblemWords } from '../useProblemWords';
import { Icon } from './Icon';
import classes from './Notices.module.css';

function NoticeCard({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const problemWords = useProblemWords();
  const { dismissNotice } = usePlayground((state) => state.actions);
  const { id, tone, problem, message } = notice;
  // Key and figures come as data from the store.
  const say = t as (key: `notice.${keyof typeof words}`, figures: Record<string, string | number>) => string;
  const said = problem && problemWords(problem);
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'error' ? 'alert' : undefined}>
      <div>
        {said && <strong>{said.title}</strong>}
        {said && <p>{said.text}</p>}
        {message && <p>{say(`notice.${message.key as keyof typeof words}`, message.values ?? {})}</p>}
      </div>
      <ActionIcon variant="subtle" aria-label={t('shell.dismiss')} onClick={() => dismissNotice(id)}>
        <Icon name="close" />
      </ActionIcon>
    </div>
  );
}

/** What went wrong, what was put right and what is done, in a corner where nothing has to move for it. */
export function Notices() {
  const { t } = useTranslation();
  const notices = usePlayground((state) => state.notices);
  return (
    <section className={classes.notices} aria-live="polite" aria-label={t('shell.notices')}>
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}
