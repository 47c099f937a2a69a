import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { ConventionsButton } from '../controls/ConventionsButton';
import { Examples } from '../controls/Examples';
import { Meaning } from '../controls/Meaning';
import { Panel } from '../controls/Panel';
import { formatFixed, formatShort, formatTemperature } from '../format';
import { entropy, logSoftmax, norm, softLossGradient, softmax } from '../softmax';
import { useTemperature } from '../useTemperature';
import { type ExampleName, exampleNames, examples } from './softmaxLab/examples';
import { GradientFormula, SoftmaxFormula } from './softmaxLab/Formulas';
import { LogitSliders } from './softmaxLab/LogitSliders';
import { NormChart } from './softmaxLab/NormChart';
import { PairedColumns } from './softmaxLab/PairedColumns';
import styles from './softmaxLab/softmaxLab.module.css';

interface LabState {
  example: ExampleName;
  teacher: readonly number[];
  student: readonly number[];
}

const startOf = (example: ExampleName): LabState => ({
  example,
  teacher: examples[example].logits,
  student: examples[example].logits.map(() => 0),
});

const withMinus = (text: string) => text.replace('-', '−');
const logitText = (logit: number) => withMinus(formatFixed(logit, 1));
const significant = (value: number) => formatShort(value, 2);
/** Without the leading zero, as the papers' tables have it: two bars stand beside each other over one class. */
const short = (text: string) => withMinus(text.replace(/^(-?)0(?=[.,]\d)/, '$1'));
const probability = (value: number) => short(formatFixed(value, 3));
const gradientValue = (value: number) => short(formatFixed(value, Math.abs(value) >= 0.995 ? 1 : 2));

/** 1, 2 or 5 times a power of ten, at least `value` and at least 0.01. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 0.01)));
  return power * ([1, 2, 5, 10].find((step) => value <= step * power * 1.000001) ?? 10);
}

/** Of the file. */
const columns = [
  'class',
  'temperature',
  'teacherLogit',
  'before',
  'after',
  'studentLogit',
  'withoutSquare',
  'withSquare',
] as const;

/** In words, what T does where it stands. */
const regimeOf = (temperature: number) => {
  if (temperature < 1) return 'sharper';
  if (temperature === 1) return 'plain';
  return temperature < 8 ? 'softer' : 'flat';
};

/**
 * Softmax, temperature and the gradient of the soft loss on a handful of logits that people set themselves. Its T is
 * the one that the page looks at: there is no second one to mistake it for.
 */
export function SoftmaxLabPanel() {
  const { t } = useTranslation();
  const [lab, setLab] = useState(() => startOf('five'));
  const { example, teacher, student } = lab;
  const { view: temperature } = useTemperature();
  const low = useMediaQuery('(max-height: 48em)', undefined, { getInitialValueInEffect: false });
  const names = examples[example].classes.map((name) => t(`softmaxLab.classes.${name}`));
  const count = names.length;
  const shown = formatTemperature(temperature);

  const [before, after] = [1, temperature].map((at) => entropy(logSoftmax(teacher, at)));
  const share = (nats: number) => formatFixed((100 * nats) / Math.log(count), 0);
  const gradients = [false, true].map((squared) => softLossGradient(student, teacher, temperature, squared));
  const [without, withSquare] = gradients.map(norm);
  const scale = roundUp(Math.max(...gradients.flatMap((gradient) => Array.from(gradient, Math.abs))));
  const atRest = withSquare < 1e-9;
  const note =
    teacher === examples[example].logits ? t(`softmaxLab.exampleNote.${example}`) : t('softmaxLab.own');

  return (
    <Panel
      name="softmaxLab"
      title={t('softmaxLab.title')}
      lede={!low && t('softmaxLab.lede')}
      numbers={() => {
        const [atOne, atT] = [1, temperature].map((at) => softmax(teacher, at));
        return [
          columns.map((column) => t(`softmaxLab.file.${column}`)),
          ...names.map((name, i) => [
            name,
            temperature,
            ...[teacher, atOne, atT, student, ...gradients].map((values) => values[i]),
          ]),
        ];
      }}
    >
      <div className={styles.lab}>
        <div className={styles.controls} data-no-figure>
          <Examples
            label={t('softmaxLab.examples')}
            examples={exampleNames.map((key) => ({ key, text: t(`softmaxLab.example.${key}`) }))}
            chosen={example}
            onChoose={(key) => setLab(startOf(key as ExampleName))}
          />
          <Button variant="default" size="compact-sm" onClick={() => setLab(startOf(example))}>
            {t('softmaxLab.startOver')}
          </Button>
        </div>
        <p className={styles.note}>{note}</p>
        <p className={styles.regime}>
          <strong>{t('softmaxLab.temperature', { temperature: shown })}</strong>
          <span>{t(`softmaxLab.regime.${regimeOf(temperature)}`)}</span>
        </p>
        <div className={styles.parts}>
          <section className={styles.part}>
            <h3>{t('softmaxLab.teacher')}</h3>
            <SoftmaxFormula count={count} />
            <div className={styles.caption}>{t('softmaxLab.teacherLogits')}</div>
            <LogitSliders
              names={names}
              logits={teacher}
              color="var(--teacher)"
              label={(name) => t('softmaxLab.teacherLogit', { name })}
              format={logitText}
              onChange={(logits) => setLab({ ...lab, teacher: logits })}
            />
            <div className={styles.caption}>
              <span>
                <i style={{ background: 'color-mix(in srgb, var(--teacher) 30%, var(--card))' }} />
                {t('softmaxLab.before')}
              </span>
              <span>
                <i style={{ background: 'var(--teacher)' }} />
                {t('softmaxLab.after', { temperature: shown })}
              </span>
            </div>
            <PairedColumns
              names={names}
              first={softmax(teacher, 1)}
              second={softmax(teacher, temperature)}
              scale={1}
              color="var(--teacher)"
              format={probability}
            />
            <p className={styles.figures}>
              <Trans
                i18nKey="softmaxLab.entropy"
                values={{
                  before: formatFixed(before, 2),
                  after: formatFixed(after, 2),
                  temperature: shown,
                }}
                components={[
                  <Meaning key="nats" text={t('softmaxLab.natsMeaning')}>
                    {''}
                  </Meaning>,
                ]}
              />{' '}
              {t('softmaxLab.entropyShare', {
                before: share(before),
                after: share(after),
                count,
                max: formatFixed(Math.log(count), 2),
              })}
            </p>
          </section>
          <section className={styles.part}>
            <h3>{t('softmaxLab.student')}</h3>
            <GradientFormula />
            <div className={styles.caption}>{t('softmaxLab.studentLogits')}</div>
            <LogitSliders
              names={names}
              logits={student}
              color="var(--arm-1)"
              label={(name) => t('softmaxLab.studentLogit', { name })}
              format={logitText}
              onChange={(logits) => setLab({ ...lab, student: logits })}
            />
            <div className={styles.caption}>
              <span>
                <i style={{ background: 'color-mix(in srgb, var(--arm-1) 30%, var(--card))' }} />
                {t('softmaxLab.withoutSquare')}
              </span>
              <span>
                <i style={{ background: 'var(--arm-1)' }} />
                {t('softmaxLab.withSquare')}
              </span>
            </div>
            <PairedColumns
              names={names}
              first={gradients[0]}
              second={gradients[1]}
              scale={scale}
              signed
              color="var(--arm-1)"
              format={gradientValue}
            />
            <p className={styles.note}>{t('softmaxLab.gradientNote', { scale: formatShort(scale) })}</p>
          </section>
          <section className={`${styles.part} ${styles.wide}`}>
            <h3>{t('softmaxLab.why')}</h3>
            {!atRest && (
              <>
                <div className={styles.caption}>
                  <span>{t('softmaxLab.normChart')}</span>
                  <span>
                    <span className={styles.line} />
                    {t('softmaxLab.withShort')}
                  </span>
                  <span>
                    <span className={`${styles.line} ${styles.dashed}`} />
                    {t('softmaxLab.withoutShort')}
                  </span>
                </div>
                <NormChart
                  teacher={teacher}
                  student={student}
                  temperature={temperature}
                  format={significant}
                />
              </>
            )}
            <p className={styles.figures}>
              {atRest
                ? t('softmaxLab.normEqual')
                : t('softmaxLab.normNote', {
                    temperature: shown,
                    with: significant(withSquare),
                    without: significant(without),
                    square: significant(temperature ** 2),
                  })}
            </p>
            <ConventionsButton own={lab} />
          </section>
        </div>
      </div>
    </Panel>
  );
}
