import { useTranslation } from 'react-i18next';
import { type Arm, learnsFromTeacher } from '../../../config/experiment';
import { formatFixed } from '../../format';
import type { NamedModel } from '../../useModelNames';
import styles from './scoreboard.module.css';
import { gain, type Measured, twinOf, verdict } from './summary';

interface Props {
  arms: Arm[];
  models: NamedModel[];
  measured: Record<string, Measured>;
}

/** Times within 5 % of each other are called equal: medians of a busy machine differ by as much. */
const sameTime = 0.05;

/** What each distilled arm came to, against the teacher and against its twin, in a sentence each. */
export function Verdicts({ arms, models, measured }: Props) {
  const { t } = useTranslation();
  const nameOf = (id: string) => models.find((model) => model.id === id)?.name ?? id;
  const teacher = measured.teacher;
  if (!teacher) return null;

  const sizePart = (size: number | null) => {
    const percent = Math.round(100 * Math.abs(1 - (size ?? 1)));
    if (percent === 0 || size === null) return t('scoreboard.sameSize');
    return t(size < 1 ? 'scoreboard.smaller' : 'scoreboard.larger', { percent });
  };
  const speedPart = (time: number | null) => {
    if (time === null) return t('scoreboard.speedUnknown');
    if (Math.abs(1 - time) < sameTime) return t('scoreboard.sameSpeed');
    return time < 1
      ? t('scoreboard.faster', { times: formatFixed(1 / time, 1) })
      : t('scoreboard.slower', { times: formatFixed(time, 1) });
  };
  const keptPart = (kept: number | null) =>
    kept === null ? t('scoreboard.keptUnknown') : t('scoreboard.keeps', { percent: Math.round(100 * kept) });

  const klPart = (kl: number) => {
    if (Math.abs(kl) < 0.005) return t('scoreboard.klSame');
    return t(kl < 0 ? 'scoreboard.klCloser' : 'scoreboard.klFarther', {
      value: formatFixed(Math.abs(kl), 2),
    });
  };
  const accuracyPart = (accuracy: number) => {
    if (Math.abs(accuracy) < 0.05) return t('scoreboard.accuracySame');
    return t(accuracy < 0 ? 'scoreboard.accuracyLost' : 'scoreboard.accuracyGained', {
      value: formatFixed(Math.abs(accuracy), 1),
    });
  };

  const distilled = arms.filter(learnsFromTeacher).filter(({ id }) => measured[id]?.size);
  if (distilled.length === 0) return null;
  const verdicts = distilled.map((arm) => {
    const { size, time, kept } = verdict(measured[arm.id], teacher);
    const parts = [sizePart(size), speedPart(time), keptPart(kept)].join(', ');
    const twin = twinOf(arm, arms);
    const gained = twin && gain(measured[arm.id].quality, measured[twin.id]?.quality ?? null);
    return (
      <div key={arm.id} className={styles.verdict}>
        <p className={styles.closing}>
          {distilled.length > 1
            ? t('scoreboard.verdictOf', { model: nameOf(arm.id), parts })
            : t('scoreboard.verdict', { parts: parts.charAt(0).toUpperCase() + parts.slice(1) })}
        </p>
        {twin && gained && (
          <p className={styles.note}>
            {t('scoreboard.versus', {
              model: nameOf(arm.id),
              twin: nameOf(twin.id),
              kl: klPart(gained.kl),
              accuracy: accuracyPart(gained.accuracy),
            })}
          </p>
        )}
      </div>
    );
  });
  return (
    <div className={distilled.length > 1 ? styles.several : undefined}>
      <p className={styles.against}>{t('scoreboard.verdictMeaning')}</p>
      {verdicts}
    </div>
  );
}
