import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { formatFixed, formatPercent } from '../../format';
import { fewestWords, shareMargin } from '../../margins';
import type { NamedModel } from '../../useModelNames';
import { Figure } from './Figure';
import styles from './scoreboard.module.css';
import type { Measured } from './summary';

interface Props {
  models: NamedModel[];
  measured: Record<string, Measured>;
  /** Masked words that quality was measured on. */
  words: number;
}

/** How well each model fills in masked words it has not seen: a row for each model. */
export const QualityTable = memo(function QualityTable({ models, measured, words }: Props) {
  const { t } = useTranslation();
  const hasTeacher = models.some(({ id }) => id === teacherModel);
  const margin = (share: number) =>
    words >= fewestWords
      ? t('scoreboard.margin', { value: formatFixed(100 * shareMargin(share, words), 1) })
      : undefined;
  return (
    <table className={styles.table}>
      <caption>{t('scoreboard.quality')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('scoreboard.model')}</th>
          <th scope="col">
            <Meaning text={t('scoreboard.accuracyMeaning')}>{t('scoreboard.accuracy')}</Meaning>
          </th>
          <th scope="col">
            <Meaning text={t('scoreboard.lossMeaning')}>{t('scoreboard.loss')}</Meaning>
          </th>
          {hasTeacher && (
            <>
              <th scope="col">
                <Meaning text={t('scoreboard.agreementMeaning')}>{t('scoreboard.agreement')}</Meaning>
              </th>
              <th scope="col">
                <Meaning text={t('scoreboard.klMeaning')}>{t('scoreboard.kl')}</Meaning>
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {models.map(({ id, name, style }) => {
          const quality = words > 0 ? measured[id]?.quality : null;
          return (
            <tr key={id}>
              <th scope="row">
                <ModelMark name={name} style={style} />
              </th>
              <Figure
                value={quality ? formatPercent(quality.accuracy) : null}
                below={quality ? margin(quality.accuracy) : undefined}
              />
              <Figure value={quality ? formatFixed(quality.loss, 2) : null} />
              {hasTeacher && id === teacherModel && <td colSpan={2} />}
              {hasTeacher && id !== teacherModel && (
                <>
                  <Figure value={shown(quality?.agreement, (share) => formatPercent(share))} />
                  <Figure value={shown(quality?.klToTeacher, (nats) => formatFixed(nats, 2))} />
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});

const shown = (value: number | null | undefined, format: (value: number) => string) =>
  value === null || value === undefined ? null : format(value);
