import { SegmentedControl, Slider } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { Panel } from '../controls/Panel';
import { useModels } from '../useModelNames';
import { LossChart } from './losses/LossChart';
import { LossLegend } from './losses/LossLegend';
import { presentQuantities, type Quantity, quantities } from './losses/lossCurves';
import styles from './losses/losses.module.css';

/** `set` with `item` put in, or taken out where it was there. */
function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** Each term of each arm's objective over the steps, and their weighted sum, with held-out values as markers. */
export function LossesPanel() {
  const { t } = useTranslation();
  const end = usePlayground((state) => state.experiment.training.steps);
  const scale = usePlayground((state) => state.view.lossScale);
  const smoothing = usePlayground((state) => state.view.smoothing);
  const full = usePlayground((state) => state.view.fullPanel === 'losses');
  const { setView } = usePlayground((state) => state.actions);
  const models = useModels();
  const [hiddenQuantities, setHiddenQuantities] = useState<ReadonlySet<Quantity>>(new Set(['total']));
  const [hiddenArms, setHiddenArms] = useState<ReadonlySet<string>>(new Set());

  // As one word, so that new points leave the panel alone. Terms with a weight have their entry before the first
  // step; a term whose weight goes to 0 keeps it.
  const known = usePlayground((state) => presentQuantities(state.experiment, state.history.steps).join());
  const available = useMemo(
    () => quantities.filter((quantity) => known.split(',').includes(quantity)),
    [known],
  );
  const shown = useMemo(
    () => available.filter((quantity) => !hiddenQuantities.has(quantity)),
    [available, hiddenQuantities],
  );
  const arms = useMemo(() => models.filter(({ id }) => id !== 'teacher'), [models]);
  const shownArms = useMemo(() => arms.filter(({ id }) => !hiddenArms.has(id)), [arms, hiddenArms]);

  return (
    <Panel
      name="losses"
      title={t('losses.title')}
      lede={t('losses.lede')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('losses.scale')}
          value={scale}
          onChange={(value) => setView({ lossScale: value as typeof scale })}
          data={[
            { value: 'linear', label: t('losses.linear') },
            { value: 'log', label: t('losses.log') },
          ]}
        />
      }
    >
      <LossLegend
        quantities={available}
        arms={arms}
        hiddenQuantities={hiddenQuantities}
        hiddenArms={hiddenArms}
        onQuantity={(quantity) => setHiddenQuantities(toggled(hiddenQuantities, quantity))}
        onArm={(arm) => setHiddenArms(toggled(hiddenArms, arm))}
      />
      <LossChart
        end={end}
        quantities={shown}
        arms={shownArms}
        scale={scale}
        smoothing={smoothing}
        height={full ? 'max(320px, 52vh)' : 300}
      >
        <div className={styles.smoothing}>
          <span aria-hidden="true">{t('losses.smoothing')}</span>
          <Slider
            thumbLabel={t('losses.smoothing')}
            size="sm"
            min={1}
            max={50}
            value={smoothing}
            onChange={(value) => setView({ smoothing: value })}
          />
        </div>
      </LossChart>
    </Panel>
  );
}
