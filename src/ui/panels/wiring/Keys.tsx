import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { hasTerm } from '../../../config/objective';
import type { ModelStyle } from '../../modelStyle';
import { goesByWires } from './pairs';
import styles from './wiring.module.css';

/** What lines, frames and colours of the board stand for. */
export function Keys({ arm, style }: { arm: Arm; style: ModelStyle }) {
  const { t } = useTranslation();
  const wires = goesByWires(arm);
  const idle = !wires || !hasTerm(arm, 'embd');
  const { kind } = arm.initialisation;
  return (
    <ul className={styles.keys}>
      <li>
        0
        <span
          className={styles.scale}
          style={{
            background: `linear-gradient(in oklab 90deg, var(--card), color-mix(in oklab, ${style.color} 55%, var(--card)))`,
          }}
        />
        1
      </li>
      {(wires || hasTerm(arm, 'embd')) && (
        <li>
          <span className={styles.keyWire} />
          {t('wiring.keys.compared')}
        </li>
      )}
      {idle && (
        <li>
          <span className={styles.keyWire} data-idle />
          {t('wiring.keys.waiting')}
        </li>
      )}
      {kind !== 'random' && !arm.taughtBy && (
        <li>
          <span className={styles.keyCopied} />
          {t(kind === 'copy' ? 'wiring.keys.copied' : 'wiring.keys.projected')}
        </li>
      )}
    </ul>
  );
}
