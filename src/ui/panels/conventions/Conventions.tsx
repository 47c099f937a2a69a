import { NativeSelect, SegmentedControl } from '@mantine/core';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import { useModels } from '../../useModelNames';
import { useTemperature } from '../../useTemperature';
import { Sentence } from '../microscope/Sentence';
import { TemperatureRow } from '../microscope/TemperatureRow';
import { ConventionChart } from './ConventionChart';
import { ConventionList } from './ConventionList';
import styles from './conventions.module.css';
import { type Rows, readAt } from './lens';
import { type RowsInHand, useReadings, useRows } from './useRows';

interface ChoiceProps extends Pick<RowsInHand, 'of' | 'choose' | 'student' | 'chooseStudent'> {
  own: boolean;
  isTask: boolean;
}

/** Whose logits. */
const Choice = memo(function Choice({ of, choose, own, isTask, student, chooseStudent }: ChoiceProps) {
  const { t } = useTranslation();
  const students = useModels().filter(({ id }) => id !== teacherModel);
  return (
    <>
      <SegmentedControl
        aria-label={t('conventions.rows.label')}
        value={of}
        onChange={(value) => choose(value as typeof of)}
        data={[
          { value: 'probe', label: t(isTask ? 'conventions.rows.text' : 'conventions.rows.probe') },
          { value: 'own', label: t(own ? 'conventions.rows.lab' : 'conventions.rows.classes') },
        ]}
      />
      {of === 'probe' && student && students.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('microscope.gradient.student')}
          value={student}
          data={students.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => chooseStudent(event.currentTarget.value)}
        />
      )}
    </>
  );
});

/** One teacher's and one student's logits through every convention: curves against T, and each in a line and in figures. */
export function Conventions({ own }: { own?: Rows }) {
  const { t } = useTranslation();
  const { rows, of, choose, looked, student, chooseStudent } = useRows(own);
  return (
    <div className={styles.lens}>
      <p className={styles.lede}>{t('conventions.lede')}</p>
      <div className={styles.rows}>
        <Choice
          of={of}
          choose={choose}
          own={own !== undefined}
          isTask={looked?.isTask ?? false}
          student={student}
          chooseStudent={chooseStudent}
        />
        {of === 'probe' && looked && <Sentence sentence={looked.probe.sentence} />}
      </div>
      <TemperatureRow />
      {rows ? (
        // Another's curves don't stand in for it, not for a moment.
        <Through key={of === 'own' ? of : student} rows={rows} />
      ) : (
        <p className={styles.waiting} aria-busy={looked !== null}>
          {t('conventions.waiting')}
        </p>
      )}
    </div>
  );
}

/** Rows through every convention. */
function Through({ rows }: { rows: Rows }) {
  const { t } = useTranslation();
  const { view } = useTemperature();
  const drawn = useReadings(rows);
  const now = useMemo(() => drawn && readAt(drawn.rows, view), [drawn, view]);
  if (!drawn || !now) return <div className={styles.waiting} aria-busy="true" />;
  return (
    <>
      <div className={styles.charts}>
        <ConventionChart figure="norm" readings={drawn.all} now={now} />
        <ConventionChart figure="value" readings={drawn.all} now={now} />
      </div>
      <p className={styles.lede}>{t('conventions.all')}</p>
      <ConventionList now={now} />
    </>
  );
}
