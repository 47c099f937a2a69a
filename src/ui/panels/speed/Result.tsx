import { useTranslation } from 'react-i18next';
import type { SpeedResult } from '../../../store/speed';
import { Meaning } from '../../controls/Meaning';
import { useProblemWords } from '../../useProblemWords';
import dialogs from '../dialogs.module.css';
import styles from './speed.module.css';
import { failureValues, figureRows, lossesInWords, machineInWords, workloadInWords } from './summary';

/** The figures of every engine: the time of a step as bars, the rest as a table, and what to know of them. */
export function Result({ result }: { result: SpeedResult }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { figures, failures, agree, hidden, backend } = result;
  const [step, ...rows] = figureRows(result, t);
  const longest = Math.max(...figures.map(({ stepMs }) => stepMs));
  return (
    <>
      {failures.map((failure) => {
        const { title, text } = words({ code: 'engineFailed', values: failureValues(failure, t) });
        return (
          <div key={failure.engine} className={dialogs.problem}>
            <strong>{title}</strong>
            <p>{text}</p>
          </div>
        );
      })}
      {!agree && <p>{lossesInWords(result, t)}</p>}
      {hidden && <p>{t('speed.hidden')}</p>}
      {figures.length > 0 && (
        <>
          <section className={styles.bars} aria-label={step.label}>
            <h3 className={styles.heading}>
              <Meaning text={step.meaning}>{step.label}</Meaning>
            </h3>
            <ul>
              {figures.map(({ engine, stepMs }, i) => (
                <li key={engine} data-ours={engine === 'stillroom' || undefined}>
                  <span>{t(`speed.engine.${engine}`)}</span>
                  <i style={{ inlineSize: `${(100 * stepMs) / longest}%` }} />
                  <b>{step.values[i]}</b>
                </li>
              ))}
            </ul>
          </section>
          <table className={styles.table} aria-label={t('speed.caption')}>
            <thead>
              <tr>
                <td />
                {figures.map(({ engine }) => (
                  <th key={engine} scope="col">
                    {t(`speed.engine.${engine}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, label, meaning, values }) => (
                <tr key={key}>
                  <th scope="row">
                    <Meaning text={meaning}>{label}</Meaning>
                  </th>
                  {figures.map(({ engine }, i) => (
                    <td key={engine}>{values[i]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <p className={styles.note}>
        {machineInWords(result, t)} {backend.software && `${t('speed.software')} `}
        {workloadInWords(result, t)}
      </p>
    </>
  );
}
