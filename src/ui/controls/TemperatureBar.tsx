import { Box, Slider } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { bounds } from '../../config/bounds';
import { learnsFromTeacher } from '../../config/experiment';
import { usePlayground } from '../../store/usePlayground';
import { formatProbability, formatShort, formatTemperature } from '../format';
import { softmax, topIndices } from '../softmax';
import { exponentStep, nextTemperature, toTemperature } from '../temperatureSteps';
import { useModels } from '../useModelNames';
import { useTemperature } from '../useTemperature';
import classes from './TemperatureBar.module.css';
import { Term } from './Term';

const { min, max } = bounds.temperature;
const directions: Record<string, 1 | -1> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
const marks = [0.25, 0.5, 1, 2, 4, 8, 16].map((value) => ({
  value: Math.log2(value),
  label: formatMark(value),
}));

function formatMark(value: number) {
  return String(value).replace(/^0/, '');
}

/** The best word of the first model at T = 1 and at T. */
function LiveFigures({ temperature }: { temperature: number }) {
  const { t } = useTranslation();
  const probe = usePlayground((state) => state.probe);
  const vocabulary = usePlayground((state) => state.opened?.vocabulary);
  const [first] = useModels();
  const logits = probe?.models.find(({ id }) => id === first.id)?.logits;
  if (!logits || !vocabulary) return <p>{t('shell.temperature.waiting')}</p>;
  const [best] = topIndices(logits, 1);
  const values = {
    model: first.name,
    token: vocabulary[best],
    plain: formatProbability(softmax(logits, 1)[best]),
    temperature: formatTemperature(temperature),
    soft: formatProbability(softmax(logits, temperature)[best]),
  };
  return (
    <p>
      <Trans
        i18nKey={first.id === 'teacher' ? 'shell.temperature.live' : 'shell.temperature.liveModel'}
        values={values}
        components={[<strong key="token" />]}
      />
    </p>
  );
}

/** The temperature, cold to hot, across the page. */
export function TemperatureBar() {
  const { t } = useTranslation();
  const arms = usePlayground((state) => state.experiment.arms);
  const { temperature, viewOnly, setTemperature } = useTemperature();
  const shown = formatTemperature(temperature);
  const list = arms
    .filter(learnsFromTeacher)
    .map((arm) => formatShort(arm.temperature))
    .join(', ');
  // The slider's own key step would be lost in rounding near T = 1.
  const moveByKey = (event: KeyboardEvent) => {
    const direction = directions[event.key];
    if (!direction) return;
    event.preventDefault();
    event.stopPropagation();
    setTemperature(nextTemperature(temperature, direction));
  };
  return (
    <section className={classes.bar} aria-label={t('shell.temperature.label')}>
      <div>
        <h2>
          {t('shell.temperature.label')}
          <span className={classes.value}>
            <Term symbol="T" meaning={t('shell.temperature.symbol')} /> = {shown}
          </span>
        </h2>
        <p>{t(`shell.temperature.${viewOnly ?? 'shared'}`, { list })}</p>
      </div>
      <Box display="contents" onKeyDownCapture={moveByKey}>
        <Slider
          classNames={{
            root: classes.slider,
            track: classes.track,
            bar: classes.fill,
            thumb: classes.thumb,
            mark: classes.mark,
            markLabel: classes.markLabel,
          }}
          min={Math.log2(min)}
          max={Math.log2(max)}
          step={exponentStep}
          value={Math.log2(temperature)}
          onChange={(exponent) => setTemperature(toTemperature(exponent))}
          marks={marks}
          label={null}
          thumbLabel={t('shell.temperature.label')}
          thumbValueText={t('shell.temperature.value', { value: shown })}
        />
      </Box>
      <div className={classes.live}>
        <p className={classes.formula}>
          softmax(
          <Term symbol="z" meaning={t('shell.temperature.logits')} /> / <Term symbol="T" />)
        </p>
        <LiveFigures temperature={temperature} />
      </div>
    </section>
  );
}
