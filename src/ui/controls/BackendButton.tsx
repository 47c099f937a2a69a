import { Button, Group, Popover } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackendReport } from '../../protocol/messages';
import { usePlayground } from '../../store/usePlayground';
import { SpeedDialog } from '../dialogs';
import classes from './Transport.module.css';

/** Threads share memory, which browsers allow in an isolated page alone. */
function threadsKey(threads: number): 'threads' | 'oneThread' | 'noThreads' {
  if (threads > 1 || navigator.hardwareConcurrency === 1) return 'threads';
  return crossOriginIsolated ? 'noThreads' : 'oneThread';
}

/** The backend's name, which opens what it is, why it was chosen, what that means for speed, and a way to measure it. */
export function BackendButton({ backend }: { backend: BackendReport }) {
  const { t } = useTranslation();
  const preset = usePlayground((state) => state.preset);
  const { choosePreset } = usePlayground((state) => state.actions);
  const [opened, setOpened] = useState(false);
  const [measuring, setMeasuring] = useState(false);
  const target = useRef<HTMLButtonElement>(null);
  const { name, reason, adapter, software, threads } = backend;
  const slow = name !== 'webgpu' || software;
  /** Closes the popover and gives the focus back before what has it now is gone. */
  const leave = () => {
    setOpened(false);
    target.current?.focus();
  };
  const measure = () => {
    leave();
    setMeasuring(true);
  };
  const useTiny = () => {
    leave();
    choosePreset('tiny');
  };
  return (
    <>
      <Popover
        opened={opened}
        onChange={setOpened}
        width={320}
        position="bottom-end"
        withinPortal
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button
            ref={target}
            type="button"
            className={classes.backend}
            onClick={() => setOpened((before) => !before)}
          >
            {t(`shell.backend.${name}`)}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('shell.backend.title', { backend: t(`shell.backend.${name}`) })}>
          <div className={classes.report}>
            <h3>{t('shell.backend.title', { backend: t(`shell.backend.${name}`) })}</h3>
            <p>{t(`shell.backend.reason.${reason}`)}</p>
            {adapter && <p>{t('shell.backend.adapter', { adapter })}</p>}
            {name === 'wasm' && <p>{t(`shell.backend.${threadsKey(threads)}`, { count: threads })}</p>}
            <p>{t(software ? 'shell.backend.software' : `shell.backend.speed.${name}`)}</p>
            {slow && reason !== 'forced' && <p>{t('shell.backend.moreSpeed')}</p>}
            <Group gap="xs">
              {slow && preset !== 'tiny' && (
                <Button variant="default" size="xs" onClick={useTiny}>
                  {t('shell.backend.useTiny')}
                </Button>
              )}
              <Button variant="default" size="xs" onClick={measure}>
                {t('common.speed')}
              </Button>
            </Group>
          </div>
        </Popover.Dropdown>
      </Popover>
      {measuring && <SpeedDialog onClose={() => setMeasuring(false)} />}
    </>
  );
}
