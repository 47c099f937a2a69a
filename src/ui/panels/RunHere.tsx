import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { Icon } from '../controls/Icon';
import { playOrPause } from '../playOrPause';
import styles from './dialogs.module.css';

/** Play and Pause, which lie under the dialog, and where the run stands. */
export function RunHere() {
  const { t } = useTranslation();
  const ready = usePlayground((state) => state.phase === 'ready');
  const status = usePlayground((state) => state.status);
  const playing = status.state === 'playing';
  return (
    <div className={styles.run}>
      <Button
        size="xs"
        leftSection={<Icon name={playing ? 'pause' : 'play'} />}
        disabled={!ready || status.state === 'finished'}
        onClick={playOrPause}
      >
        {t(playing ? 'shell.transport.pause' : 'shell.transport.play')}
      </Button>
      <span>{t('wiring.step', { step: status.step, steps: status.steps })}</span>
    </div>
  );
}
