import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type CSSProperties, memo, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import { usePlayground } from '../../../store/usePlayground';
import { Marker } from '../../controls/Marker';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatCount, formatFixed, formatProbability, formatShort } from '../../format';
import { useTemperature } from '../../useTemperature';
import { useColumnsAtT } from './figures';
import styles from './ladder.module.css';
import { at, type Looked, type LookedModel } from './looked';
import microscope from './microscope.module.css';
import { ladder, probabilityOf, rankOf, soften } from './soften';
import { bestWords, wordsFromAfar, wordsShown } from './words';

/** With more models the values would take more room than the bars: then only the first one's are written out. */
const mostWritten = 3;

/** What one looks at, and the scale of the bars. */
const Head = memo(function Head({ of, count }: { of: 'ofWords' | 'ofClasses'; count: number }) {
  const { t } = useTranslation();
  const scale = usePlayground((state) => state.view.probabilityScale);
  const { setView } = usePlayground((state) => state.actions);
  return (
    <div className={styles.head}>
      <p className={microscope.note}>{t(`microscope.ladder.${of}.note`, { all: formatCount(count) })}</p>
      <SegmentedControl
        aria-label={t('predictions.scale')}
        value={scale}
        onChange={(value) => setView({ probabilityScale: value as typeof scale })}
        data={[
          { value: 'linear', label: t('predictions.linear') },
          { value: 'log', label: t('predictions.log') },
        ]}
      />
    </div>
  );
});

/** The best words' probabilities at a ladder of T, side by side, with what is left for all others, entropy and KL. */
export function Ladder({ looked }: { looked: Looked }) {
  const { t } = useTranslation();
  const { view, training } = useTemperature();
  const scale = usePlayground((state) => state.view.probabilityScale);
  // On a projector fewer words, which can be read from the last row without scrolling.
  const low = useMediaQuery('(max-height: 48em)', undefined, { getInitialValueInEffect: false });
  const { probe, models, teacher, vocabulary, isTask } = looked;
  const count = vocabulary.length;
  const atT = useColumnsAtT();
  const of = isTask ? 'ofClasses' : 'ofWords';
  const temperatures = useMemo(() => ladder(view), [view]);
  const columns = useMemo(
    () => temperatures.map((temperature) => soften(probe.models, teacherModel, temperature)),
    [probe, temperatures],
  );
  const words = useMemo(
    () => bestWords(models[0].logits, isTask, low ? wordsFromAfar : wordsShown),
    [models, isTask, low],
  );
  const ranks = useMemo(
    () => words.map((word) => models.map(({ logits }) => rankOf(logits, word))),
    [words, models],
  );

  const lines = (figure: (model: LookedModel, i: number) => ReactNode) => (
    <ul className={styles.lines}>
      {models.map((model, i) => (
        <li key={model.id}>
          <span className="visuallyHidden">{model.name} </span>
          {figure(model, i)}
        </li>
      ))}
    </ul>
  );
  const numbers = () => [
    [
      ...atT,
      t(`microscope.ladder.${of}.word`),
      t('microscope.ladder.rank'),
      t('microscope.word.probability'),
    ],
    ...columns.flatMap((column) =>
      models.flatMap((model, i) =>
        words.map((word, place) => [
          column.temperature,
          model.name,
          vocabulary[word],
          ranks[place][i],
          probabilityOf(at(column, model), model.logits[word], column.temperature),
        ]),
      ),
    ),
  ];
  const marks = lines(({ style }) => <Marker style={style} size={9} />);
  const bar = (share: number, { style }: LookedModel, i: number, whole?: boolean) => (
    <>
      <span
        className={styles.bar}
        data-whole={whole || undefined}
        style={{ '--share': whole ? share : lengthOf(share, scale), '--color': style.color } as CSSProperties}
      />
      <span className={models.length > mostWritten && i > 0 ? 'visuallyHidden' : styles.value}>
        {formatProbability(share)}
      </span>
    </>
  );
  const cell = (temperature: number, content: ReactNode) => (
    <td key={temperature} data-at={temperature === view || undefined}>
      {content}
    </td>
  );
  return (
    <div className={microscope.stack} data-figure>
      <Head of={of} count={count} />
      <div className={microscope.head}>
        <ul className={microscope.legend}>
          {models.map(({ id, name, style }) => (
            <li key={id}>
              <ModelMark name={name} style={style} />
            </li>
          ))}
        </ul>
        <SaveFigure title={t('microscope.ladder.label')} numbers={numbers} step={probe.step} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a section would need a heading */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, by keys too */}
      <div className={styles.scroll} role="region" aria-label={t('microscope.ladder.label')} tabIndex={0}>
        <table
          className={styles.ladder}
          data-crowded={models.length > mostWritten || undefined}
          style={{ '--columns': temperatures.length } as CSSProperties}
        >
          <thead>
            <tr>
              <th scope="col">{t(`microscope.ladder.${of}.word`)}</th>
              <th scope="col">
                <Meaning text={t(`microscope.ladder.${of}.rankMeaning`, { all: formatCount(count) })}>
                  {t('microscope.ladder.rank')}
                </Meaning>
              </th>
              {temperatures.map((temperature) => (
                <th
                  key={temperature}
                  scope="col"
                  data-at={temperature === view || undefined}
                  aria-current={temperature === view || undefined}
                >
                  {t('microscope.view', { value: formatShort(temperature) })}
                  <small>
                    {[
                      temperature === view && t('microscope.ladder.view'),
                      training.some((trained) => trained.temperature === temperature) &&
                        t('microscope.ladder.train'),
                    ]
                      .filter(Boolean)
                      .join(', ') || '\u00a0'}
                  </small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {words.map((word, place) => (
              <tr key={word}>
                <th scope="row">{vocabulary[word]}</th>
                <td className={styles.ranks}>
                  {lines(({ style }, i) => (
                    <>
                      <Marker style={style} size={9} /> {formatCount(ranks[place][i])}
                    </>
                  ))}
                </td>
                {columns.map((column) =>
                  cell(
                    column.temperature,
                    lines((model, i) =>
                      bar(probabilityOf(at(column, model), model.logits[word], column.temperature), model, i),
                    ),
                  ),
                )}
              </tr>
            ))}
            {words.length < count && (
              <tr className={styles.rest}>
                <th scope="row">{t('predictions.rest')}</th>
                <td className={styles.ranks}>{marks}</td>

                {columns.map((column) =>
                  cell(
                    column.temperature,
                    lines((model, i) => {
                      const shown = words.reduce(
                        (sum, word) =>
                          sum + probabilityOf(at(column, model), model.logits[word], column.temperature),
                        0,
                      );
                      return bar(Math.max(0, 1 - shown), model, i, true);
                    }),
                  ),
                )}
              </tr>
            )}
          </tbody>
          <tbody className={styles.figures}>
            <tr>
              <th scope="row">
                <Meaning text={t(`microscope.ladder.${of}.entropyMeaning`, maxOf(count))}>
                  {t('microscope.ladder.entropy')}
                </Meaning>
              </th>
              <td className={styles.ranks}>{marks}</td>
              {columns.map((column) =>
                cell(
                  column.temperature,
                  lines((model) => formatFixed(at(column, model).entropy, 2)),
                ),
              )}
            </tr>
            {teacher && (
              <tr>
                <th scope="row">
                  <Meaning text={t('microscope.ladder.klMeaning')}>{t('microscope.ladder.kl')}</Meaning>
                </th>
                <td className={styles.ranks}>{marks}</td>
                {columns.map((column) =>
                  cell(
                    column.temperature,
                    lines((model) => {
                      const kl = at(column, model).klFromTeacher;
                      return kl === null ? '–' : formatFixed(kl, kl < 0.1 ? 4 : 2);
                    }),
                  ),
                )}
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <p className={microscope.note}>{t(`microscope.ladder.${of}.rankNote`)}</p>
    </div>
  );
}

/** Smaller probabilities are drawn as nothing on the logarithmic scale. */
const smallestShown = 1e-4;
/** Of a bar, as a share of its column. */
const lengthOf = (probability: number, scale: 'linear' | 'log') =>
  scale === 'linear'
    ? Math.min(1, probability)
    : Math.max(0, 1 - Math.log(Math.max(probability, smallestShown)) / Math.log(smallestShown));

const maxOf = (count: number) => ({ all: formatCount(count), max: formatFixed(Math.log(count), 2) });
