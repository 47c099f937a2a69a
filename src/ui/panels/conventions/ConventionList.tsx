import { Group } from '@mantine/core';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Formula } from '../../controls/Term';
import { Typeset } from '../../controls/Typeset';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatShort, formatTemperature, formatTick } from '../../format';
import { useMeanings } from '../../useMeanings';
import { useTemperature } from '../../useTemperature';
import { type ConventionId, conventionIds, conventions } from './conventions';
import styles from './conventions.module.css';
import type { Readings } from './lens';

const figures = ['value', 'norm', 'ratio'] as const;

/** Its symbols explain themselves, which takes too long to be drawn again with each answer of the models. */
const Program = memo(function Program({
  id,
  symbols,
}: {
  id: ConventionId;
  symbols: Record<string, string>;
}) {
  const { name, tex } = conventions[id];
  return (
    <>
      <span className={styles.name}>{name}</span>
      <Formula tex={tex} symbols={symbols} />
    </>
  );
});

/** Each convention with its formula, what is different about it, where that stands, and its figures at the T of the page. */
export function ConventionList({ now }: { now: Readings }) {
  const { t } = useTranslation();
  const { view } = useTemperature();
  const methods = useMeanings();
  const symbols = useMemo(() => ({ ...methods, V: t('conventions.words') }), [methods, t]);
  const ours = now.distilbert.norm;
  const toldOf = (id: ConventionId) => {
    const { value, norm } = now[id];
    return { value, norm, ratio: ours > 0 ? norm / ours : Number.NaN };
  };
  const program = t('conventions.head.program', { value: formatTemperature(view) });
  return (
    <div data-figure>
      <Group justify="end">
        <SaveFigure
          title={t('conventions.table')}
          numbers={() => [
            [program, ...figures.map((figure) => t(`conventions.head.${figure}`))],
            ...conventionIds.map((id) => {
              const told = toldOf(id);
              return [conventions[id].name, ...figures.map((figure) => told[figure])];
            }),
          ]}
        />
      </Group>
      <table className={styles.list}>
        <caption className="visuallyHidden">{t('conventions.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{program}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col">
                {t(`conventions.head.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        {conventionIds.map((id) => {
          const { source, defaultT } = conventions[id];
          const told = toldOf(id);
          return (
            <tbody key={id}>
              <tr>
                <th scope="rowgroup">
                  <Program id={id} symbols={symbols} />
                </th>
                {figures.map((figure) => (
                  <td key={figure}>{Number.isFinite(told[figure]) ? formatTick(told[figure]) : '–'}</td>
                ))}
              </tr>
              <tr>
                <td colSpan={1 + figures.length} className={styles.differs}>
                  <Typeset>{t(`conventions.differs.${id}`)}</Typeset>{' '}
                  {defaultT !== null && t('conventions.defaultT', { value: formatShort(defaultT) })}{' '}
                  <a href={source.url} target="_blank" rel="noreferrer">
                    {source.place}
                  </a>
                </td>
              </tr>
            </tbody>
          );
        })}
      </table>
    </div>
  );
}
