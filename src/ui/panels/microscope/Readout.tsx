import { useTranslation } from 'react-i18next';
import { ModelMark } from '../../controls/ModelMark';
import { formatTemperature } from '../../format';
import { useTemperature } from '../../useTemperature';
import type { LookedModel } from './looked';
import styles from './microscope.module.css';

/** The figures of models under their chart: one row each, in one column or several. */
export function Readout({
  models,
  heads,
  figure,
}: {
  models: readonly LookedModel[];
  /** Of the columns; the first says at which T. */
  heads: readonly { key: string; name: string; dashed?: boolean }[];
  figure: (model: LookedModel, key: string) => string;
}) {
  const { t } = useTranslation();
  const { view } = useTemperature();
  return (
    <table className={styles.readout}>
      <thead>
        <tr>
          <th scope="col">{t('microscope.at', { value: formatTemperature(view) })}</th>
          {heads.map(({ key, name, dashed }) => (
            <th key={key} scope="col">
              {dashed !== undefined && <i className={styles.stroke} data-dashed={dashed || undefined} />}
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <tr key={model.id}>
            <th scope="row">
              <ModelMark name={model.name} style={model.style} />
            </th>
            {heads.map(({ key }) => (
              <td key={key}>{figure(model, key)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
