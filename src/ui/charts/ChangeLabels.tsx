import { Fragment, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Marker } from '../controls/Marker';
import { Term } from '../controls/Term';
import { type NamedModel, useModels } from '../useModelNames';
import { type ChangedNumber, type ChangeLine, type PlacedLabel, placeLabels } from './changeLines';
import styles from './LineChart.module.css';
import { useChangeWords } from './useChangeWords';

/** Pixels of a row of labels. */
export const labelRow = 15;
/** Pixels of a character at the labels' size, rather too many than too few, and of a marker with its gap. */
const characterWidth = 6.2;
const markerWidth = 14;
/** Labels longer than this share of the axis end in an ellipsis. */
const widest = 0.6;

/**
 * Where labels stand on an axis of `length` pixels that ends at step `end`, and how wide each may be. A change that has
 * no place in `mostRows` rows is told beside the crosshair and read out.
 */
export function useLabelPlaces(
  changes: readonly ChangeLine[],
  end: number,
  length: number,
  mostRows: number,
) {
  const { number } = useChangeWords();
  const widths = changes.map(({ numbers }) =>
    Math.min(
      widest * length,
      numbers.reduce(
        (sum, of) => sum + characterWidth * (number(of).length + 2) + markerWidth * (of.arms?.length ?? 0),
        0,
      ),
    ),
  );
  const positions = changes.map(({ from }) => (length * from) / end);
  const places = length > 0 ? placeLabels(positions, widths, length, mostRows) : [];
  const rows = Math.max(0, ...places.map((place) => (place ? place.row + 1 : 0)));
  return { places, widths, rows };
}

interface Props {
  changes: readonly ChangeLine[];
  places: (PlacedLabel | null)[];
  widths: number[];
}

/** What changed, above the line of each change. For those who can't see them they are a list of their own. */
export const ChangeLabels = memo(function ChangeLabels({ changes, places, widths }: Props) {
  const models = useModels();
  return (
    <div className={styles.labels} aria-hidden="true">
      {changes.map(({ from, numbers }, i) => {
        const place = places[i];
        if (!place) return null;
        return (
          <span
            key={from}
            style={{ left: place.left, top: place.row * labelRow, maxWidth: Math.ceil(widths[i]) }}
          >
            {numbers.map((number, k) => (
              <Fragment key={String([number.what, ...number.values, number.arms])}>
                {k > 0 && ', '}
                <ChangedValue number={number} models={models} />
              </Fragment>
            ))}
          </span>
        );
      })}
    </div>
  );
});

/** "T 2 → 4", with the markers of the arms where it was not all of them. */
export function ChangedValue({ number, models }: { number: ChangedNumber; models: NamedModel[] }) {
  const { t } = useTranslation();
  const { symbol, words, values } = useChangeWords().parts(number);
  return (
    <>
      {number.arms?.map((id) => {
        const model = models.find((candidate) => candidate.id === id);
        return model && <Marker key={id} style={model.style} size={9} />;
      })}
      {number.arms && ' '}
      {symbol ? <Term symbol={symbol} /> : words} {symbol && words && `${words} `}
      {values.join(t('losses.changedTo'))}
    </>
  );
}

/** The changes in words, for screen readers. */
export function ChangeList({ changes }: { changes: readonly ChangeLine[] }) {
  const { t } = useTranslation();
  const words = useChangeWords();
  const models = useModels();
  return (
    <ul className="visuallyHidden" aria-label={t('losses.changedUnderWay')}>
      {changes.map((line) => (
        <li key={line.from}>{words.sentence(line, models)}</li>
      ))}
    </ul>
  );
}
