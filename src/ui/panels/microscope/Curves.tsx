import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TemperatureChart } from '../../charts/TemperatureChart';
import { linearScale } from '../../charts/verticalScale';
import { Typeset } from '../../controls/Typeset';
import {
  formatCount,
  formatFixed,
  formatList,
  formatProbability,
  formatShort,
  formatTick,
} from '../../format';
import { useTemperature } from '../../useTemperature';
import { Figure } from './Figure';
import { curveCells, useColumnsAtT } from './figures';
import { at, type Looked, type LookedModel } from './looked';
import styles from './microscope.module.css';
import { Readout } from './Readout';
import { curveTemperatures, probabilityOf, rankOf, softLossAtInfinity } from './soften';
import { bestWords } from './words';

/** How a curve with T², or without, is drawn beside the other. */
const dashed = '6 4';
const largest = (curves: readonly { values: readonly number[] }[]) =>
  Math.max(...curves.flatMap(({ values }) => values));

/** Entropy, KL and the probability of one word against T. */
export function Curves({ looked }: { looked: Looked }) {
  return (
    <div className={styles.charts}>
      <Entropy looked={looked} />
      {looked.teacher && <Distance looked={looked} teacher={looked.teacher} />}
      <Word looked={looked} />
    </div>
  );
}

function Entropy({ looked: { models, curves, now, vocabulary, isTask } }: { looked: Looked }) {
  const { t } = useTranslation();
  const { view, lookAt } = useTemperature();
  const atT = useColumnsAtT();
  const count = vocabulary.length;
  const most = Math.log(count);
  return (
    <Figure
      title={t('microscope.entropy.title')}
      note={t(isTask ? 'microscope.entropy.noteOfClasses' : 'microscope.entropy.note', {
        max: formatFixed(most, 2),
        all: formatCount(count),
      })}
      numbers={() =>
        curveCells(
          [...atT, t('microscope.ladder.entropy')],
          models.map((model) => ({
            name: model.name,
            values: [curves.map((softening) => at(softening, model).entropy)],
          })),
        )
      }
    >
      <TemperatureChart
        label={t('microscope.entropy.chart')}
        temperatures={curveTemperatures}
        scale={linearScale(most)}
        curves={models.map((model) => ({
          id: model.id,
          color: model.style.color,
          marker: model.style,
          values: curves.map((softening) => at(softening, model).entropy),
          present: at(now, model).entropy,
        }))}
        at={view}
        onLook={lookAt}
      />
      <Readout
        models={models}
        heads={[{ key: 'entropy', name: t('microscope.nats') }]}
        figure={(model) => formatFixed(at(now, model).entropy, 2)}
      />
    </Figure>
  );
}

function Distance({ looked, teacher }: { looked: Looked; teacher: LookedModel }) {
  const { t } = useTranslation();
  const { view, lookAt } = useTemperature();
  const atT = useColumnsAtT();
  const { students, curves, now } = looked;
  const drawn = students.flatMap((model) =>
    [false, true].map((squared) => {
      const kl = (softening: (typeof curves)[number]) =>
        (squared ? softening.temperature ** 2 : 1) * (at(softening, model).klFromTeacher ?? 0);
      return {
        id: `${model.id} ${squared}`,
        color: model.style.color,
        marker: model.style,
        dash: squared ? dashed : undefined,
        values: curves.map(kl),
        present: kl(now),
      };
    }),
  );
  const limits = students.map((model) =>
    t('microscope.kl.limit', {
      model: model.name,
      limit: formatShort(softLossAtInfinity(teacher.logits, model.logits)),
    }),
  );
  return (
    <Figure
      title={t('microscope.kl.title')}
      note={<Typeset>{t('microscope.kl.note', { limits: formatList(limits, 'unit') })}</Typeset>}
      numbers={() =>
        curveCells(
          [...atT, t('microscope.kl.plain'), t('microscope.kl.squared')],
          students.map(({ id, name }) => ({
            name,
            values: [false, true].map(
              (squared) => drawn.find((curve) => curve.id === `${id} ${squared}`)!.values,
            ),
          })),
        )
      }
    >
      <TemperatureChart
        label={t('microscope.kl.chart')}
        temperatures={curveTemperatures}
        scale={linearScale(largest(drawn))}
        curves={drawn}
        at={view}
        onLook={lookAt}
      />
      <Readout
        models={students}
        heads={[
          { key: 'plain', name: t('microscope.kl.plain'), dashed: false },
          { key: 'squared', name: t('microscope.kl.squared'), dashed: true },
        ]}
        figure={(model, key) =>
          formatTick((key === 'squared' ? view ** 2 : 1) * (at(now, model).klFromTeacher ?? 0))
        }
      />
    </Figure>
  );
}

function Word({ looked }: { looked: Looked }) {
  const { t } = useTranslation();
  const { view, lookAt } = useTemperature();
  const atT = useColumnsAtT();
  const { models, curves, now, vocabulary, isTask } = looked;
  const words = useMemo(() => bestWords(models[0].logits, isTask), [models, isTask]);
  const [chosen, setChosen] = useState<number | null>(null);
  // A word that was chosen stays, also where it is among the best no longer.
  const word = chosen !== null && chosen < vocabulary.length ? chosen : words[0];
  const offered = words.includes(word) ? words : [word, ...words];
  const shares = models.map((model) =>
    curves.map((softening) => probabilityOf(at(softening, model), model.logits[word], softening.temperature)),
  );
  const ranks = models.map(({ name, logits }) =>
    t('microscope.word.rank', { model: name, rank: formatCount(rankOf(logits, word)) }),
  );
  return (
    <Figure
      title={t('microscope.word.title')}
      choice={
        <NativeSelect
          size="xs"
          aria-label={t(isTask ? 'microscope.word.chooseClass' : 'microscope.word.choose')}
          value={String(word)}
          data={offered.map((index) => ({ value: String(index), label: vocabulary[index] }))}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        />
      }
      note={
        <Typeset>
          {t(isTask ? 'microscope.word.noteOfClasses' : 'microscope.word.note', {
            word: vocabulary[word],
            all: formatCount(vocabulary.length),
            ranks: formatList(ranks, 'unit'),
          })}
        </Typeset>
      }
      numbers={() =>
        curveCells(
          [...atT, t('microscope.file.probabilityOf', { word: vocabulary[word] })],
          models.map(({ name }, i) => ({ name, values: [shares[i]] })),
        )
      }
    >
      <TemperatureChart
        label={t('microscope.word.chart', { word: vocabulary[word] })}
        temperatures={curveTemperatures}
        scale={linearScale(1)}
        curves={models.map((model, i) => ({
          id: model.id,
          color: model.style.color,
          marker: model.style,
          values: shares[i],
          present: probabilityOf(at(now, model), model.logits[word], view),
        }))}
        at={view}
        onLook={lookAt}
      />
      <Readout
        models={models}
        heads={[{ key: 'probability', name: t('microscope.word.probability') }]}
        figure={(model) => formatProbability(probabilityOf(at(now, model), model.logits[word], view))}
      />
    </Figure>
  );
}
