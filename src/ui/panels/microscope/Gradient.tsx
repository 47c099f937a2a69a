import { NativeSelect } from '@mantine/core';
import { type CSSProperties, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSoftened } from '../../../config/objective';
import { presentStage } from '../../../store/stage';
import { usePlayground } from '../../../store/usePlayground';
import { TemperatureChart } from '../../charts/TemperatureChart';
import { logScale } from '../../charts/verticalScale';
import { Formula } from '../../controls/Term';
import { Typeset } from '../../controls/Typeset';
import { formatShort, formatTemperature, formatTick } from '../../format';
import { useTemperature } from '../../useTemperature';
import { Figure } from './Figure';
import { curveCells, useColumnsAtT } from './figures';
import styles from './gradient.module.css';
import ladder from './ladder.module.css';
import { at, type Looked, type LookedModel } from './looked';
import microscope from './microscope.module.css';
import { Readout } from './Readout';
import { curveTemperatures, gradientFactor, probabilityOf } from './soften';
import { pulledWords } from './words';

const { raw } = String;
const klTex = raw`\operatorname{KL}`;
const tex = {
  with: raw`\frac{\partial \, T^2 \operatorname{KL}}{\partial z_s} = T \, \bigl(q(T) - p(T)\bigr)`,
  without: raw`\frac{\partial \operatorname{KL}}{\partial z_s} = \frac{1}{T} \, \bigl(q(T) - p(T)\bigr)`,
};
const kinds = ['without', 'with'] as const;
/** Shorter gradients than this are rounding: a student that agrees has none. */
const rounding = 1e-9;

const withMinus = (text: string) => text.replace('-', '−');
const gradientValue = (value: number) => withMinus(formatShort(value, 2));

/** 1, 2 or 5 times a power of ten, at least `value`. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-6)));
  return power * ([1, 2, 5, 10].find((step) => value <= step * power * 1.000001) ?? 10);
}

/** Where the soft loss pulls each word of a student, with T² and without, and how long that pull is against T. */
export function Gradient({ looked }: { looked: Looked }) {
  const { t } = useTranslation();
  const { teacher, students } = looked;
  const [chosen, setChosen] = useState<string | null>(null);
  const student = students.find(({ id }) => id === chosen) ?? students[0];
  if (!teacher || !student) return <p className={microscope.waiting}>{t('microscope.gradient.noTeacher')}</p>;
  return (
    <div className={styles.gradient}>
      <Pull looked={looked} teacher={teacher} student={student} onStudent={setChosen} />
      <Length looked={looked} />
    </div>
  );
}

/** Their symbols explain themselves, which takes too long to be drawn again with each answer. */
const Formulas = memo(function Formulas() {
  const { t } = useTranslation();
  const symbols = {
    T: t('microscope.gradient.symbols.t'),
    'q(T)': t('microscope.gradient.symbols.q'),
    'p(T)': t('microscope.gradient.symbols.p'),
    z_s: t('microscope.gradient.symbols.z'),
    [klTex]: t('microscope.gradient.symbols.kl'),
  };
  return (
    <div className={styles.formulas}>
      <Formula tex={tex.with} display symbols={symbols} />
      <Formula tex={tex.without} display symbols={symbols} />
    </div>
  );
});

interface PullProps {
  looked: Looked;
  teacher: LookedModel;
  student: LookedModel;
  onStudent: (id: string) => void;
}

function Pull({ looked, teacher, student, onStudent }: PullProps) {
  const { t } = useTranslation();
  const { view } = useTemperature();
  const { students, now, vocabulary, isTask } = looked;
  const arm = usePlayground((state) => presentStage(state).arms.find(({ id }) => id === student.id));
  const words = pulledWords(teacher.logits, student.logits, isTask);
  const apart = words.map(
    (word) =>
      probabilityOf(at(now, student), student.logits[word], view) -
      probabilityOf(at(now, teacher), teacher.logits[word], view),
  );
  // All entries of a gradient sum to 0.
  const others = -apart.reduce((sum, value) => sum + value, 0);
  const rows = [
    ...words.map((word, i) => ({ name: vocabulary[word], difference: apart[i] })),
    ...(words.length < vocabulary.length ? [{ name: t('predictions.rest'), difference: others }] : []),
  ];
  const factors = { with: gradientFactor(view, true), without: gradientFactor(view, false) };
  const scale = roundUp(
    Math.max(...rows.map(({ difference }) => Math.abs(difference))) * Math.max(factors.with, factors.without),
  );
  return (
    <Figure
      title={t('microscope.gradient.title')}
      choice={
        students.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('microscope.gradient.student')}
            value={student.id}
            data={students.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => onStudent(event.currentTarget.value)}
          />
        )
      }
      numbers={() => [
        [
          t(isTask ? 'microscope.ladder.ofClasses.word' : 'microscope.ladder.ofWords.word'),
          ...kinds.map((kind) => t(`microscope.gradient.${kind}`)),
        ],
        ...rows.map(({ name, difference }) => [name, ...kinds.map((kind) => factors[kind] * difference)]),
      ]}
      note={
        <>
          {t('microscope.gradient.note')}{' '}
          {arm && !isSoftened(arm) && (
            <Typeset>{t('microscope.gradient.notTaught', { model: student.name })}</Typeset>
          )}
        </>
      }
    >
      <Formulas />
      <ul className={microscope.legend}>
        {kinds.map((kind) => (
          <li key={kind}>
            <i className={styles.swatch} data-kind={kind} style={colorOf(student)} />
            {t(`microscope.gradient.${kind}`)}
          </li>
        ))}
        <li>{t('microscope.gradient.scale', { scale: formatShort(scale) })}</li>
      </ul>
      <ol
        className={styles.pulls}
        style={colorOf(student)}
        aria-label={t('microscope.gradient.chart', { model: student.name })}
      >
        {rows.map(({ name, difference }) => (
          <li key={name}>
            <span className={styles.word}>{name}</span>
            <ul className={ladder.lines}>
              {kinds.map((kind) => {
                const value = factors[kind] * difference;
                return (
                  <li key={kind}>
                    <span className="visuallyHidden">{t(`microscope.gradient.${kind}`)} </span>
                    <span className={styles.signed}>
                      <i
                        data-kind={kind}
                        data-down={value < 0 || undefined}
                        style={{ '--share': Math.min(1, Math.abs(value) / scale) } as CSSProperties}
                      />
                    </span>
                    <span className={ladder.value}>{gradientValue(value)}</span>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ol>
    </Figure>
  );
}

const colorOf = ({ style }: LookedModel) => ({ '--color': style.color }) as CSSProperties;

function Length({ looked: { students, curves, now } }: { looked: Looked }) {
  const { t } = useTranslation();
  const { view, lookAt } = useTemperature();
  const atT = useColumnsAtT();
  const normAt = (softening: Looked['now'], model: LookedModel, kind: string) =>
    gradientFactor(softening.temperature, kind === 'with') * (at(softening, model).distance ?? 0);
  const drawn = students.flatMap((model) =>
    kinds.map((kind) => ({
      id: `${model.id} ${kind}`,
      color: model.style.color,
      marker: model.style,
      dash: kind === 'without' ? '6 4' : undefined,
      values: curves.map((softening) => normAt(softening, model, kind)),
      present: normAt(now, model, kind),
    })),
  );
  const all = drawn.flatMap(({ values }) => values).filter((value) => value > rounding);
  return (
    <Figure
      title={t('microscope.length.title')}
      note={t(all.length > 0 ? 'microscope.length.note' : 'microscope.length.none', {
        temperature: formatTemperature(view),
        square: formatShort(view ** 2),
      })}
      numbers={() =>
        curveCells(
          [...atT, ...kinds.map((kind) => t(`microscope.gradient.${kind}`))],
          students.map((model) => ({
            name: model.name,
            values: kinds.map((kind) => curves.map((softening) => normAt(softening, model, kind))),
          })),
        )
      }
    >
      <TemperatureChart
        label={t('microscope.length.chart')}
        temperatures={curveTemperatures}
        scale={logScale(Math.min(1, ...all), all.length > 0 ? Math.max(...all) : 1)}
        curves={all.length > 0 ? drawn : []}
        at={view}
        onLook={lookAt}
      />
      <Readout
        models={students}
        heads={[
          { key: 'with', name: t('microscope.gradient.with'), dashed: false },
          { key: 'without', name: t('microscope.gradient.without'), dashed: true },
        ]}
        figure={(model, kind) => formatTick(normAt(now, model, kind))}
      />
    </Figure>
  );
}
