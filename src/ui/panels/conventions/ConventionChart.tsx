import { Group } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TemperatureChart } from '../../charts/TemperatureChart';
import { logScale } from '../../charts/verticalScale';
import { Marker } from '../../controls/Marker';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatList, formatTick } from '../../format';
import { armStyle } from '../../modelStyle';
import { useTemperature } from '../../useTemperature';
import { type ConventionId, conventions } from './conventions';
import styles from './conventions.module.css';
import { groupsOf, lensTemperatures, type Reading, type Readings } from './lens';

/** How the curve of a group looks that begins with this one; those that always lie on another's share its look. */
const looks: Record<ConventionId, { style: number; dash?: string }> = {
  distilbert: { style: 0 },
  torchdistill: { style: 0 },
  keras: { style: 5, dash: '2 4' },
  textbrewer: { style: 1 },
  torchdistillAlone: { style: 2, dash: '8 4' },
  kerasBefore: { style: 5, dash: '8 4' },
  tinybert: { style: 3 },
  textbrewerSquared: { style: 4, dash: '12 4 2 4' },
};

const shortNames = (group: readonly ConventionId[]) =>
  formatList(
    group.map((id) => conventions[id].short),
    'unit',
  );

/** A figure of all conventions against T. Those that are one curve are drawn and named as one. */
export function ConventionChart({
  figure,
  readings,
  now,
}: {
  figure: keyof Reading;
  readings: readonly Readings[];
  now: Readings;
}) {
  const { t } = useTranslation();
  const { view, lookAt } = useTemperature();
  const heading = useId();
  const groups = groupsOf(readings, figure);
  const curves = groups.map(([first]) => {
    const { style, dash } = looks[first];
    return {
      id: first,
      color: armStyle(style).color,
      marker: armStyle(style),
      dash,
      values: readings.map((at) => at[first][figure]),
      present: now[first][figure],
    };
  });
  const all = curves.flatMap(({ values }) => values).filter((value) => value > 0);
  return (
    <section className={styles.chart} aria-labelledby={heading} data-figure>
      <Group justify="space-between">
        <h3 id={heading}>{t(`conventions.${figure}.title`)}</h3>
        <SaveFigure
          title={t(`conventions.${figure}.title`)}
          numbers={() => [
            ['T', ...groups.map(shortNames)],
            ...lensTemperatures.map((temperature, i) => [
              temperature,
              ...curves.map(({ values }) => values[i]),
            ]),
          ]}
        />
      </Group>
      <TemperatureChart
        label={t(`conventions.${figure}.chart`)}
        temperatures={lensTemperatures}
        scale={logScale(Math.min(1, ...all), Math.max(1e-6, ...all))}
        curves={curves}
        at={view}
        onLook={lookAt}
      />
      <ul className={styles.legend}>
        {groups.map((group, i) => (
          <li key={group[0]}>
            <svg className={styles.stroke} viewBox="0 0 28 4" aria-hidden="true" focusable="false">
              <path d="M0 2H28" stroke={curves[i].color} strokeDasharray={curves[i].dash} strokeWidth="2.5" />
            </svg>
            <Marker style={curves[i].marker} />
            <span>{shortNames(group)}</span>
            <b>{formatTick(curves[i].present)}</b>
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t(`conventions.${figure}.note`)}</p>
    </section>
  );
}
