import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { teacherModel } from '../../../config/modelIds';
import { learnsFromTeacher } from '../../../config/objective';
import type { EvaluationPoint } from '../../../protocol/messages';
import { ModelMark } from '../../controls/ModelMark';
import { formatCount, formatList } from '../../format';
import { type NamedModel, nameIn } from '../../useModelNames';
import styles from './scoreboard.module.css';
import { gain, type Measured, type ScoreWords, twinOf, type Verdict, verdict } from './summary';
import { useVerdictWords } from './useVerdictWords';

interface Props {
  arms: Arm[];
  models: NamedModel[];
  measured: Record<string, Measured>;
  point: EvaluationPoint | null;
  of: ScoreWords;
}

/** What each distilled arm came to, against the teacher and against its twin, with the doubt of it. */
export const Verdicts = memo(function Verdicts({ arms, models, measured, point, of }: Props) {
  const { t } = useTranslation();
  const say = useVerdictWords(of);
  const teacher = measured[teacherModel];
  const distilled = arms.filter(learnsFromTeacher).filter(({ id }) => measured[id]?.size);
  if (!teacher || distilled.length === 0) return null;
  // At step 0 nothing has been learned yet: whatever it says is of the start.
  if (!point || point.step === 0) return <p className={styles.against}>{t('scoreboard.verdictWaiting')}</p>;

  const words = point.maskedWords;
  const nameOf = (id: string) => nameIn(models, id);
  const told = distilled.map((arm) => ({
    arm,
    twin: twinOf(arm, arms),
    model: models.find(({ id }) => id === arm.id),
    ...verdict(measured[arm.id], teacher, words),
  }));
  const [first] = told;
  const cost = ({ size, speed }: Pick<Verdict, 'size' | 'speed'>) => [say.size(size), say.speed(speed)];
  // Students of one shape cost the same, which is said once.
  const alike =
    told.length > 1 && told.every(({ size, speed }) => size === first.size && speed === first.speed);
  return (
    <section className={told.length > 1 ? styles.several : undefined}>
      <h3 className={styles.against}>{t('scoreboard.verdictTitle', { step: formatCount(point.step) })}</h3>
      {alike && (
        <p className={styles.closing}>
          {t('scoreboard.allAlike', { parts: formatList(cost(first), 'unit') })}
        </p>
      )}
      {told.map(({ arm, twin, model, size, speed, kept }) => {
        const gained = twin && gain(measured[arm.id].quality, measured[twin.id]?.quality ?? null, words);
        const parts = [...(alike ? [] : cost({ size, speed })), say.kept(kept, point)];
        return (
          <div key={arm.id} className={styles.verdict}>
            <p className={styles.closing}>
              {model && told.length > 1 && <ModelMark name={model.name} style={model.style} />}
              <span>{t('scoreboard.verdict', { parts: formatList(parts, 'unit') })}</span>
            </p>
            {twin && (
              <p className={styles.note}>
                {gained
                  ? t('scoreboard.versus', {
                      twin: nameOf(twin.id),
                      kl: say.kl(gained.kl),
                      accuracy: say.accuracy(gained.accuracy),
                    })
                  : t(`${of}.versusFew`, { twin: nameOf(twin.id), words: formatCount(words) })}
              </p>
            )}
          </div>
        );
      })}
      <p className={styles.doubt}>{t(`${of}.doubt`)}</p>
    </section>
  );
});
