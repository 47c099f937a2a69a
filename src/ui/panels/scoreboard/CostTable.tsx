import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { teacherModel } from '../../../config/modelIds';
import { Marker } from '../../controls/Marker';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { formatBytes, formatCompact, formatShort } from '../../format';
import type { NamedModel } from '../../useModelNames';
import { Figure } from './Figure';
import styles from './scoreboard.module.css';
import { byShape, type Measured, type ScoreWords } from './summary';

interface Props {
  arms: Arm[];
  models: NamedModel[];
  measured: Record<string, Measured>;
  of: ScoreWords;
}

/** Runs of the timing before it was made; afterwards it says its own. */
const plannedRuns = 31;

/** Size and speed: a row for the teacher and one for each shape of students, since a shape costs the same however it was trained. */
export const CostTable = memo(function CostTable({ arms, models, measured, of: wordsOf }: Props) {
  const { t } = useTranslation();
  const of = (id: string) => models.filter((model) => model.id === id);
  const groups = [
    of(teacherModel),
    ...byShape(arms).map((group) => group.flatMap(({ id }) => of(id))),
  ].filter(({ length }) => length > 0);
  const runs =
    models.map(({ id }) => measured[id]?.latency?.runs).find((n) => n !== undefined) ?? plannedRuns;
  const between = (middle: [number, number] | undefined) =>
    middle && t('scoreboard.between', { low: formatShort(middle[0]), high: formatShort(middle[1]) });
  return (
    <table className={styles.table}>
      <caption>{t('scoreboard.cost')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('scoreboard.model')}</th>
          <th scope="col">
            <Meaning text={t(`${wordsOf}.parametersMeaning`)}>{t('scoreboard.parameters')}</Meaning>
          </th>
          <th scope="col">
            <Meaning text={t('scoreboard.latency1Meaning', { runs })}>{t('scoreboard.latency1')}</Meaning>
          </th>
          <th scope="col">
            <Meaning text={t('scoreboard.latency32Meaning', { runs })}>{t('scoreboard.latency32')}</Meaning>
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const { size, latency } = measured[group[0].id] ?? { size: null, latency: null };
          return (
            <tr key={group[0].id}>
              <th scope="row">
                <ShapeName group={group} all={group.length === arms.length} />
              </th>
              <Figure
                value={size && formatCompact(size.parameters)}
                below={size ? formatBytes(size.bytes) : undefined}
              />
              <Figure
                value={latency && formatShort(latency.batch1Ms)}
                below={between(latency?.batch1Middle)}
              />
              <Figure
                value={latency && formatShort(latency.batch32Ms)}
                below={between(latency?.batch32Middle)}
              />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});

/** Whose shape it is: each by name, or all students at once. */
function ShapeName({ group, all }: { group: NamedModel[]; all: boolean }) {
  const { t } = useTranslation();
  if (!all || group.length < 2) {
    return group.map(({ id, name, style }) => (
      <span key={id} className={styles.shapeName}>
        <ModelMark name={name} style={style} />
      </span>
    ));
  }
  return (
    <span className={styles.shapeName}>
      <span className={styles.markers}>
        {group.map(({ id, style }) => (
          <Marker key={id} style={style} />
        ))}
      </span>{' '}
      {t('scoreboard.allStudents')}
    </span>
  );
}
