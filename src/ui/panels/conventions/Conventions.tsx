import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Typeset } from '../../controls/Typeset';
import { formatTemperature } from '../../format';
import { useTemperature } from '../../useTemperature';
import { Sentence } from '../microscope/Sentence';
import { TemperatureRow } from '../microscope/TemperatureRow';
import { ConventionChart } from './ConventionChart';
import { ConventionList } from './ConventionList';
import styles from './conventions.module.css';
import { type Rows, readAt } from './lens';
import { useReadings, useRows } from './useRows';

/** One teacher's and one student's logits through every convention: curves against T, and each in a line and in figures. */
export function Conventions({ own }: { own?: Rows }) {
  const { t } = useTranslation();
  const { view } = useTemperature();
  const { rows, of, choose, looked, student, chooseStudent } = useRows(own);
  const readings = useReadings(rows);
  const now = useMemo(() => rows && readAt(rows, view), [rows, view]);
  const students = looked?.students ?? [];
  return (
    <div className={styles.lens}>
      <p className={styles.lede}>{t('conventions.lede')}</p>
      <div className={styles.rows}>
        <SegmentedControl
          aria-label={t('conventions.rows.label')}
          value={of}
          onChange={(value) => choose(value as typeof of)}
          data={[
            { value: 'probe', label: t(looked?.isTask ? 'conventions.rows.text' : 'conventions.rows.probe') },
            { value: 'own', label: t(own ? 'conventions.rows.lab' : 'conventions.rows.classes') },
          ]}
        />
        {of === 'probe' && students.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('microscope.gradient.student')}
            value={student ?? undefined}
            data={students.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => chooseStudent(event.currentTarget.value)}
          />
        )}
        {of === 'probe' && looked && <Sentence sentence={looked.probe.sentence} />}
      </div>
      <TemperatureRow />
      {rows && now && readings ? (
        <>
          <div className={styles.charts}>
            <ConventionChart figure="norm" readings={readings} now={now} />
            <ConventionChart figure="value" readings={readings} now={now} />
          </div>
          <p className={styles.lede}>
            <Typeset>{t('conventions.all', { temperature: formatTemperature(view) })}</Typeset>
          </p>
          <ConventionList now={now} />
        </>
      ) : (
        <p className={styles.waiting} aria-busy={looked !== null}>
          {t('conventions.waiting')}
        </p>
      )}
    </div>
  );
}
