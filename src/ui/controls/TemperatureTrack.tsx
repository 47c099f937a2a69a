import { type CSSProperties, type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { bounds } from '../../config/bounds';
import { teacherModel } from '../../config/modelIds';
import { formatList, formatTemperature } from '../format';
import { placeOf, temperatureByKey, temperatureMarks } from '../temperatureSteps';
import { useModels } from '../useModelNames';
import { useTemperature } from '../useTemperature';
import { Marker } from './Marker';
import classes from './TemperatureTrack.module.css';
import { useTrackPointer } from './useTrackPointer';

interface Props {
  /** Without the scale's figures, for the bar that stays in sight. */
  compact?: boolean;
  /** A second set of handles beside those of the temperature bar: for hands alone, or everything is met twice. */
  repeated?: boolean;
  /** Id of the sentence that says what the temperatures mean now. */
  describedBy?: string;
}

const at = (temperature: number) => ({ '--at': placeOf(temperature) }) as CSSProperties;
const formatMark = (value: number) => String(value).replace(/^0/, '');

/** The scale of T with a large handle for what people look at and, under it, the mark of what students train at. */
export function TemperatureTrack({ compact, repeated, describedBy }: Props) {
  const { t } = useTranslation();
  const models = useModels().filter(({ id }) => id !== teacherModel);
  const { view, training, canTrain, finished, lookAt, trainAt } = useTemperature();
  const run = useRef<HTMLDivElement>(null);
  const viewHandle = useRef<HTMLDivElement>(null);
  const track = useTrackPointer(run, lookAt, viewHandle);
  const viewDrag = useTrackPointer(run, lookAt, viewHandle, view);
  const trainHandle = useRef<HTMLDivElement>(null);
  const trainDrag = useTrackPointer(run, trainAt, trainHandle, training[0]?.temperature);

  const slider = (name: string, temperature: number, move: (temperature: number) => void) => ({
    role: 'slider',
    'aria-label': name,
    'aria-valuemin': bounds.temperature.min,
    'aria-valuemax': bounds.temperature.max,
    'aria-valuenow': temperature,
    'aria-valuetext': t('shell.temperature.value', { value: formatTemperature(temperature) }),
    'aria-describedby': describedBy,
    'aria-hidden': repeated,
    tabIndex: repeated ? -1 : 0,
    style: at(temperature),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const moved = temperatureByKey(event.key, temperature);
      if (moved === null) return;
      event.preventDefault();
      move(moved);
    },
  });
  return (
    <div className={classes.track} data-compact={compact || undefined}>
      <div className={classes.surface} {...track}>
        <div className={classes.rail} />
        <div ref={run} className={classes.run}>
          {temperatureMarks.map((mark) => (
            <span
              key={mark}
              className={classes.mark}
              style={at(mark)}
              data-temperature={mark}
              aria-hidden="true"
            >
              {!compact && formatMark(mark)}
            </span>
          ))}
          <div
            ref={viewHandle}
            className={classes.view}
            {...slider(t('shell.temperature.viewAt'), view, lookAt)}
            {...viewDrag}
          />
        </div>
      </div>
      <div className={classes.lane}>
        <div className={classes.run}>
          {training.map(({ temperature, arms }) =>
            canTrain ? (
              <div
                key="train"
                ref={trainHandle}
                className={classes.train}
                {...slider(t('shell.temperature.trainAt'), temperature, trainAt)}
                {...trainDrag}
              />
            ) : (
              <span
                key={temperature}
                className={classes.pin}
                role="img"
                aria-hidden={repeated}
                aria-label={t(finished ? 'shell.temperature.trainedMark' : 'shell.temperature.trainMark', {
                  models: formatList(arms.map((arm) => models[arm].name)),
                  value: formatTemperature(temperature),
                })}
                style={at(temperature)}
              >
                {arms.map((arm) => (
                  <Marker key={models[arm].id} style={models[arm].style} size={compact ? 9 : 12} />
                ))}
              </span>
            ),
          )}
        </div>
      </div>
    </div>
  );
}
