import { SegmentedControl, Slider } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../config/modelIds';
import { stagesOf, stepsOf } from '../../config/stages';
import { isTerm, usesTemperature } from '../../methods/registry';
import { presentStage } from '../../store/stage';
import { usePlayground } from '../../store/usePlayground';
import { useChangeLines } from '../charts/useChangeLines';
import { ComputedButton } from '../controls/ComputedButton';
import { LedgerButton } from '../controls/LedgerButton';
import { Panel } from '../controls/Panel';
import { Typeset } from '../controls/Typeset';
import { spoken } from '../symbols';
import { useModels } from '../useModelNames';
import { startsOf, useStages } from '../useStages';
import { LossChart } from './losses/LossChart';
import { LossLegend } from './losses/LossLegend';
import {
  dwarfing,
  hiddenOverStages,
  isMoving,
  presentQuantities,
  type Quantity,
  quantities,
  sizesAtFirst,
  temperaturesDiffer,
} from './losses/lossCurves';
import styles from './losses/losses.module.css';
import { lossColumns, lossLines } from './losses/lossLines';
import { MovingCharts } from './losses/MovingCharts';
import { ProgressCharts } from './losses/ProgressCharts';
import { countedIn, hasTeacher } from './losses/progress';
import { SweepPlots } from './losses/SweepPlots';
import { sweepOf } from './losses/sweep';
import { useQuantityWords } from './losses/useQuantityWords';

/** `set` with `item` put in, or taken out where it was there. */
function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** What the students have learned, then each term of each arm's objective over the steps, held-out values as markers. */
export function LossesPanel() {
  const { t } = useTranslation();
  const words = useQuantityWords();
  const whole = usePlayground((state) => state.experiment);
  const experiment = usePlayground(presentStage);
  const end = stepsOf(whole);
  const all = stagesOf(whole);
  const stages = useStages();
  const scale = usePlayground((state) => state.view.lossScale);
  const smoothing = usePlayground((state) => state.view.smoothing);
  const full = usePlayground((state) => state.view.fullPanel === 'losses');
  const { setView } = usePlayground((state) => state.actions);
  const models = useModels();
  const changes = useChangeLines();
  const arms = useMemo(() => models.filter(({ id }) => id !== teacherModel), [models]);

  // As one word, so that new points leave the panel alone. Terms with a weight have their entry before the first
  // step; a term whose weight goes to 0 keeps it.
  const known = usePlayground((state) =>
    presentQuantities(state.experiment, state.history.steps, startsOf(stages)).join(),
  );
  const present = useMemo(
    () => quantities.filter((quantity) => known.split(',').includes(quantity)),
    [known],
  );
  const available = useMemo(() => present.filter((quantity) => !isMoving(quantity)), [present]);
  const moving = useMemo(() => present.filter(isMoving), [present]);
  const sizesText = usePlayground((state) =>
    JSON.stringify(sizesAtFirst(state.history.steps, startsOf(stages))),
  );
  // Other arms begin with what suits them; what someone chose stays while the arms do.
  const ids = arms.map(({ id }) => id).join();
  const [chosen, setChosen] = useState<{ ids: string; hidden: ReadonlySet<Quantity> } | null>(null);
  const suggested = useMemo(
    () => hiddenOverStages(whole, available, JSON.parse(sizesText)),
    [whole, available, sizesText],
  );
  // Once someone has chosen what to see, nothing is to be said of it.
  const tooLarge = chosen?.ids === ids ? [] : dwarfing(available, JSON.parse(sizesText));
  const hiddenQuantities = chosen?.ids === ids ? chosen.hidden : suggested;
  const [hiddenArms, setHiddenArms] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(
    () => available.filter((quantity) => !hiddenQuantities.has(quantity)),
    [available, hiddenQuantities],
  );
  const shownArms = useMemo(() => arms.filter(({ id }) => !hiddenArms.has(id)), [arms, hiddenArms]);

  const sweep = useMemo(() => sweepOf(experiment.arms), [experiment.arms]);
  const differ = temperaturesDiffer(experiment);
  const softened = useMemo(
    () =>
      available
        .filter((quantity) => quantity !== 'total' && isTerm(quantity) && usesTemperature(quantity))
        .map(words.symbol),
    [available, words],
  );
  const movedT = changes.some(({ numbers }) => numbers.some(({ what }) => what === 'temperature'));
  const caution = differ ? 'temperaturesDiffer' : movedT ? 'temperatureChanged' : null;
  const nameOf = (quantity: Quantity) => spoken(words.symbol(quantity));
  const fewer = chosen?.ids !== ids && suggested.size > 1 + tooLarge.length;

  return (
    <Panel
      name="losses"
      title={t('losses.title')}
      lede={t('losses.lede')}
      numbers={() => [
        lossColumns.map((column) => t(`losses.file.${column}`)),
        ...lossLines(usePlayground.getState().history, { models, quantities: present, nameOf, t }),
      ]}
      actions={
        <SegmentedControl
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
      <ProgressCharts
        end={end}
        arms={shownArms}
        hasTeacher={hasTeacher(whole, all)}
        counted={countedIn(all)}
        softened={softened[0]}
        changes={changes}
        stages={stages}
      />
      {sweep && <SweepPlots sweep={sweep} models={models} />}
      <h3 className={styles.title}>{t('losses.curves')}</h3>
      <LossLegend
        quantities={available}
        arms={arms}
        hiddenQuantities={hiddenQuantities}
        hiddenArms={hiddenArms}
        onQuantity={(quantity) => setChosen({ ids, hidden: toggled(hiddenQuantities, quantity) })}
        onArm={(arm) => setHiddenArms(toggled(hiddenArms, arm))}
      />
      {fewer && <p className={styles.note}>{t('losses.oneOfMany')}</p>}
      {tooLarge.length > 0 && (
        <p className={styles.note}>
          <Typeset>
            {t('losses.tooLarge', { count: tooLarge.length, symbols: tooLarge.map(words.symbol) })}
          </Typeset>
        </p>
      )}
      <LossChart
        end={end}
        quantities={shown}
        available={available}
        arms={shownArms}
        changes={changes}
        stages={stages}
        scale={scale}
        smoothing={smoothing}
        height={full ? 'max(320px, 52vh)' : 260}
      >
        <div className={styles.smoothing} data-no-figure>
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
      {moving.length > 0 && (
        <MovingCharts end={end} moving={moving} arms={shownArms} changes={changes} stages={stages} />
      )}
      {caution && softened.length > 0 && (
        <p className={styles.caution}>
          <Typeset>{t(`losses.${caution}`, { terms: softened })}</Typeset>
        </p>
      )}
      <div className={styles.links}>
        <LedgerButton />
        <ComputedButton />
      </div>
    </Panel>
  );
}
