import { useTranslation } from 'react-i18next';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { formatBytes, formatCompact, formatMilliseconds, formatNats, formatPercent } from '../../format';
import type { NamedModel } from '../../useModelNames';
import styles from './scoreboard.module.css';
import type { Measured } from './summary';

interface Props {
  models: NamedModel[];
  measured: Record<string, Measured>;
  /** True until the models are there; a dash stands for every figure. */
  opening: boolean;
}

/** Runs of the timing before it was made; afterwards each row says its own. */
const plannedRuns = 30;

/** Cost and quality of every model: a row for each figure, a column for each model. */
export function ScoreTable({ models, measured, opening }: Props) {
  const { t } = useTranslation();
  const runs =
    models.map(({ id }) => measured[id]?.latency?.runs).find((n) => n !== undefined) ?? plannedRuns;
  const notYet = <span className={styles.notYet}>{opening ? '–' : t('scoreboard.notMeasured')}</span>;
  const rows: {
    key: string;
    label: string;
    meaning: string;
    value: (of: Measured, id: string) => string | null;
  }[] = [
    {
      key: 'parameters',
      label: t('scoreboard.parameters'),
      meaning: t('scoreboard.parametersMeaning'),
      value: ({ size }) => size && formatCompact(size.parameters),
    },
    {
      key: 'size',
      label: t('scoreboard.size'),
      meaning: t('scoreboard.sizeMeaning'),
      value: ({ size }) => size && formatBytes(size.bytes),
    },
    {
      key: 'latency1',
      label: t('scoreboard.latency1'),
      meaning: t('scoreboard.latency1Meaning', { runs }),
      value: ({ latency }) => latency && formatMilliseconds(latency.batch1Ms),
    },
    {
      key: 'latency32',
      label: t('scoreboard.latency32'),
      meaning: t('scoreboard.latency32Meaning', { runs }),
      value: ({ latency }) => latency && formatMilliseconds(latency.batch32Ms),
    },
    {
      key: 'accuracy',
      label: t('scoreboard.accuracy'),
      meaning: t('scoreboard.accuracyMeaning'),
      value: ({ quality }) => quality && formatPercent(quality.accuracy),
    },
    {
      key: 'loss',
      label: t('scoreboard.loss'),
      meaning: t('scoreboard.lossMeaning'),
      value: ({ quality }) => quality && formatNats(quality.loss),
    },
  ];
  const against: typeof rows = [
    {
      key: 'agreement',
      label: t('scoreboard.agreement'),
      meaning: t('scoreboard.agreementMeaning'),
      value: ({ quality }, id) => {
        if (id === 'teacher') return '';
        return quality && (quality.agreement === null ? '' : formatPercent(quality.agreement));
      },
    },
    {
      key: 'kl',
      label: t('scoreboard.kl'),
      meaning: t('scoreboard.klMeaning'),
      value: ({ quality }, id) => {
        if (id === 'teacher') return '';
        return quality && (quality.klToTeacher === null ? '' : formatNats(quality.klToTeacher));
      },
    },
  ];
  const hasTeacher = models.some(({ id }) => id === 'teacher');
  return (
    // Focusable, so that a table wider than its panel can be scrolled from the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={t('scoreboard.caption')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {models.map(({ id, name, style }) => (
              <th key={id} scope="col">
                <ModelMark name={name} style={style} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(hasTeacher ? [...rows, ...against] : rows).map(({ key, label, meaning, value }) => (
            <tr key={key}>
              <th scope="row">
                <Meaning text={meaning}>{label}</Meaning>
              </th>
              {models.map(({ id }) => (
                <td key={id}>
                  {value(measured[id] ?? { size: null, latency: null, quality: null }, id) ?? notYet}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
