import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import type { WithheldPoint } from '../../../config/results';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { formatCount, formatFixed, formatPercent } from '../../format';
import { fewestWords, shareMargin } from '../../margins';
import type { NamedModel } from '../../useModelNames';
import { Figure } from './Figure';
import styles from './scoreboard.module.css';

interface Props {
  models: NamedModel[];
  /** Undefined where no word is withheld. */
  word: string | undefined;
  found: WithheldPoint | undefined;
}

/** Whether a word is known that never occurred in what the students learned from: a row for each model. */
export const WithheldTable = memo(function WithheldTable({ models, word, found }: Props) {
  const { t } = useTranslation();
  if (word === undefined) return null;
  const { places = 0, heldOut = 0 } = found ?? {};
  return (
    <>
      <table className={styles.table}>
        <caption>{t('scoreboard.withheld.title', { word })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('scoreboard.model')}</th>
            <th scope="col">
              <Meaning text={t('scoreboard.withheld.accuracyMeaning', { word })}>
                {t('scoreboard.accuracy')}
              </Meaning>
            </th>
            <th scope="col">
              <Meaning text={t('scoreboard.withheld.logMeaning')}>{t('scoreboard.withheld.log')}</Meaning>
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ id, name, style }) => {
            const figure = id === teacherModel ? found?.teacher : found?.arms[id];
            const margin =
              figure && places >= fewestWords
                ? formatFixed(100 * shareMargin(figure.accuracy, places), 1)
                : undefined;
            return (
              <tr key={id}>
                <th scope="row">
                  <ModelMark name={name} style={style} />
                </th>
                <Figure
                  value={figure ? formatPercent(figure.accuracy) : null}
                  below={margin && t('scoreboard.margin', { value: margin })}
                />
                <Figure value={figure ? formatFixed(figure.logProbability, 2) : null} />
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.source}>
        {t('scoreboard.withheld.source', {
          word,
          places: formatCount(places),
          heldOut: formatCount(heldOut),
        })}
      </p>
    </>
  );
});
