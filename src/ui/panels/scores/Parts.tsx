import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import { ModelMark } from '../../controls/ModelMark';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatBytes, formatCompact, formatCount, formatPercent } from '../../format';
import { spoken } from '../../symbols';
import dialogs from '../dialogs.module.css';
import {
  type PartKind,
  partColumns,
  partKinds,
  partLines,
  partsOf,
  type SizedModel,
  sumOf,
} from './partFigures';
import styles from './scores.module.css';

/** A stacked bar for each shape, all to one scale, and what share of it is its word table. */
export function Parts({ models }: { models: readonly SizedModel[] }) {
  const { t } = useTranslation();
  const largest = Math.max(...models.map(({ size }) => size.parameters));
  const nameOf = (kind: PartKind) => t(`scores.cost.part.${kind}`);
  return (
    <section className={dialogs.stack} data-figure>
      <div className={styles.head}>
        <h3 data-no-figure>{t('scores.cost.parts')}</h3>
        <SaveFigure
          title={t('scores.cost.parts')}
          numbers={() => [
            partColumns.map((column) => t(`scores.cost.file.${column}`)),
            ...partLines(models).map(({ name, layer, kind, parameters, bytes }) => [
              name,
              layer,
              nameOf(kind),
              parameters,
              bytes,
            ]),
          ]}
        />
      </div>
      <p className={dialogs.lede}>{t('scores.cost.partsLede')}</p>
      <ul className={styles.legend}>
        {partKinds.map((kind) => (
          <li key={kind}>
            <span className={`${styles.swatch} ${styles[kind]}`} />
            {nameOf(kind)}
          </li>
        ))}
      </ul>
      <div className={styles.models}>
        {models.map(({ id, name, style, size }) => {
          const share = (kind: PartKind) => formatPercent(sumOf(size.parts, kind) / size.parameters);
          const shares = partKinds.map((kind) =>
            t('scores.cost.share', { part: nameOf(kind), percent: share(kind) }),
          );
          const layers = sumOf(size.parts, 'attention') + sumOf(size.parts, 'feedForward');
          return (
            <div key={id}>
              <div className={styles.line}>
                <ModelMark name={name} style={style} />
                <span>
                  {formatCompact(size.parameters)} · {formatBytes(size.bytes)}
                </span>
              </div>
              <div
                className={styles.bar}
                role="img"
                aria-label={t('scores.cost.bar', {
                  model: spoken(name),
                  parameters: formatCount(size.parameters),
                  bytes: formatBytes(size.bytes),
                  parts: shares.join(', '),
                })}
              >
                {partsOf(size.parts).map(({ kind, layer, parameters }) => (
                  <span
                    key={`${kind} ${layer}`}
                    className={styles[kind]}
                    data-border={kind === 'attention' || kind === 'head' || undefined}
                    style={{ width: `calc(${(parameters / largest) * 92}% - 1px)` }}
                  />
                ))}
              </div>
              <p>
                {id === teacherModel
                  ? t('scores.cost.wordTable', { percent: share('words') })
                  : t('scores.cost.wordTableStudent', {
                      percent: share('words'),
                      layers: formatPercent(layers / size.parameters),
                    })}
              </p>
            </div>
          );
        })}
      </div>
      <PartsTable models={models} />
    </section>
  );
}

/** The same in figures: a column for each model. */
function PartsTable({ models }: { models: readonly SizedModel[] }) {
  const { t } = useTranslation();
  const most = Math.max(...models.map(({ size }) => size.parts.layers.length));
  const layers = Array.from({ length: most }, (_, i) => i + 1);
  const rows: [PartKind, number | null][] = [
    ['words', null],
    ['places', null],
    ...layers.flatMap((layer): [PartKind, number][] => [
      ['attention', layer],
      ['feedForward', layer],
    ]),
    ['head', null],
  ];
  const of = ({ size }: SizedModel, kind: PartKind, layer: number | null) =>
    partsOf(size.parts).find((part) => part.kind === kind && part.layer === layer)?.parameters;
  return (
    <details className={styles.details}>
      <summary>{t('scores.cost.partsTable')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section className={styles.scroll} aria-label={t('scores.cost.partsTable')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('scores.cost.partColumn')}</th>
              {models.map(({ id, name, style }) => (
                <th key={id} scope="col">
                  <ModelMark name={name} style={style} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([kind, layer]) => {
              const part = t(`scores.cost.part.${kind}`);
              return (
                <tr key={`${kind} ${layer}`}>
                  <th scope="row">{layer === null ? part : t('scores.cost.layerPart', { layer, part })}</th>
                  {models.map((model) => {
                    const count = of(model, kind, layer);
                    return <td key={model.id}>{count === undefined ? '–' : formatCount(count)}</td>;
                  })}
                </tr>
              );
            })}
            <tr>
              <th scope="row">{t('scores.cost.total')}</th>
              {models.map(({ id, size }) => (
                <td key={id}>
                  <b>{formatCount(size.parameters)}</b>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
    </details>
  );
}
