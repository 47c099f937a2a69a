import { Button, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BackendReport } from '../../protocol/messages';
import { usePlayground } from '../../store/usePlayground';
import classes from './Transport.module.css';

/** The backend's name, which opens what it is, why it was chosen, and what that means for speed. */
export function BackendButton({ backend }: { backend: BackendReport }) {
  const { t } = useTranslation();
  const preset = usePlayground((state) => state.preset);
  const { choosePreset } = usePlayground((state) => state.actions);
  const { name, reason, adapter, software, threads } = backend;
  const slow = name !== 'webgpu' || software;
  return (
    <Popover width={320} position="bottom-end" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.backend}>
          {t(`shell.backend.${name}`)}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('shell.backend.title', { backend: t(`shell.backend.${name}`) })}>
        <div className={classes.report}>
          <h3>{t('shell.backend.title', { backend: t(`shell.backend.${name}`) })}</h3>
          <p>{t(`shell.backend.reason.${reason}`)}</p>
          {adapter && <p>{t('shell.backend.adapter', { adapter })}</p>}
          {name === 'wasm' && <p>{t('shell.backend.threads', { count: threads })}</p>}
          {software && <p>{t('shell.backend.software')}</p>}
          <p>{t(`shell.backend.speed.${name}`)}</p>
          {slow && reason !== 'forced' && <p>{t('shell.backend.moreSpeed')}</p>}
          {slow && preset !== 'tiny' && (
            <Button variant="default" size="xs" onClick={() => choosePreset('tiny')}>
              {t('shell.backend.useTiny')}
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
