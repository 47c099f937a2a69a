import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { loadDialogs, StageList } from '../dialogs';
import { useStages } from '../useStages';
import { PanelBoundary } from './PanelBoundary';
import classes from './Transport.module.css';

/** "Stage 2 of 3 · Feelings", which opens into all stages and the ways back; nothing where there is one. */
export function StageButton() {
  const { t } = useTranslation();
  const stages = useStages();
  const stage = usePlayground(({ status }) => status.stage ?? 0);
  const [open, setOpen] = useState(false);
  const present = stages[stage];
  if (!present) return null;
  const place = t('shell.transport.stage', { number: stage + 1, of: stages.length });
  return (
    <>
      {' · '}
      <Popover width={320} position="bottom-end" opened={open} onChange={setOpen} trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={classes.stage}
            aria-label={t('shell.transport.stages', { place, name: present.name })}
            onPointerEnter={loadDialogs}
            onFocus={loadDialogs}
            onClick={() => setOpen(!open)}
          >
            {place}
            <span className={classes.stageName}> · {present.name}</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.report} aria-label={t('shell.transport.stagesTitle')}>
          <PanelBoundary minHeight={80}>
            <StageList stages={stages} onDone={() => setOpen(false)} />
          </PanelBoundary>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
