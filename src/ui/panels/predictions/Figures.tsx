import { useTranslation } from 'react-i18next';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { formatFixed, formatProbability } from '../../format';
import type { NamedModel } from '../../useModelNames';
import styles from './predictions.module.css';
import type { Reading } from './readProbe';

interface Props {
  readings: Reading[];
  models: NamedModel[];
  /** Words of the vocabulary, or of a task's classes, by index. */
  vocabulary: readonly string[];
  isTask: boolean;
}

/** First guess, entropy and KL from the teacher, a row for each model. The rows are the legend of the bars too. */
export function Figures({ readings, models, vocabulary, isTask }: Props) {
  const { t } = useTranslation();
  const withTeacher = readings.some(({ klFromTeacher }) => klFromTeacher !== null);
  const count = vocabulary.length;
  const of = isTask ? 'predictions.task' : 'predictions';
  const nats = (
    <span className={styles.unit}>
      <Meaning text={t('predictions.natsMeaning')}>{t('predictions.nats')}</Meaning>
    </span>
  );
  return (
    <table className={styles.figures} aria-label={t('predictions.figures')}>
      <thead>
        <tr>
          <th scope="col">{t('predictions.model')}</th>
          <th scope="col">
            <Meaning text={t(`${of}.bestMeaning`)}>{t(`${of}.best`)}</Meaning>
          </th>
          <th scope="col">
            <Meaning text={t(`${of}.entropyMeaning`, { max: formatFixed(Math.log(count), 2), count })}>
              {t('predictions.entropy')}
            </Meaning>
            {nats}
          </th>
          {withTeacher && (
            <th scope="col">
              <Meaning text={t(`${of}.klMeaning`)}>{t('predictions.kl')}</Meaning>
              {nats}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {readings.map(({ id, best, probabilities, entropy, klFromTeacher }) => {
          const model = models.find((other) => other.id === id);
          return (
            <tr key={id}>
              <th scope="row">{model && <ModelMark style={model.style} name={model.name} />}</th>
              <td>
                <strong>{vocabulary[best]}</strong> {formatProbability(probabilities[best])}
              </td>
              <td>{formatFixed(entropy, 2)}</td>
              {withTeacher && <td>{klFromTeacher === null ? '' : formatFixed(klFromTeacher, 2)}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
