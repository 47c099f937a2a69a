import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { type LikenessMeasure, likenessShare } from '../../../config/likeness';
import { choiceOf, hasTerm, replacementsOf } from '../../../config/objective';
import { stepsOf } from '../../../config/stages';
import type { TeacherShape } from '../../../config/teachers';
import { termOf } from '../../../methods/registry';
import { usePlayground } from '../../../store/usePlayground';
import { Typeset } from '../../controls/Typeset';
import { formatFixed, formatMilliseconds, formatPercent } from '../../format';
import type { ModelStyle } from '../../modelStyle';
import type { Draft } from '../experiment/useDraft';
import { PairCurves } from './PairCurves';
import { type Measured, meansOf, pairCurves, type Reference, termsOfWires } from './pairs';
import styles from './wiring.module.css';

interface Props {
  draft: Draft;
  arm: Arm;
  style: ModelStyle;
  /** Of whom it learns from. */
  source: TeacherShape;
  of: LikenessMeasure;
  now: Measured | null;
  reference: (Measured & { kind: Reference }) | null;
}

/** What the map says in words: what it measures, whether what is wired grew alike, and what it costs. */
export function Findings({ draft, arm, style, source, of, now, reference }: Props) {
  const { t } = useTranslation();
  const record = usePlayground((state) => state.likeness);
  const end = usePlayground((state) => stepsOf(state.experiment));
  const phase = usePlayground((state) => state.phase);
  const { watchLayers } = usePlayground((state) => state.actions);
  const curves = useMemo(() => pairCurves(record, arm.id, of), [record, arm.id, of]);
  const newest = record.points[record.points.length - 1];
  const terms = termsOfWires(arm);

  const absent = () => {
    if (phase !== 'ready') return t('wiring.opening');
    if (!newest) return t('wiring.waiting');
    return t(newest.arms[arm.id] ? 'wiring.otherShape' : 'wiring.untaught');
  };
  const ways = new Set(now?.likeness.through);
  /** Why there is nothing to show. */
  const none =
    of === 'cosine' && ways.size === 1 && ways.has(null)
      ? t('wiring.through.none', { student: arm.student.hiddenSize, teacher: source.hiddenSize })
      : null;
  const through = () => {
    if (of !== 'cosine' || !now || none) return null;
    const both = ways.has('itself') && ways.has('projection');
    const way = t(`wiring.through.${both ? 'mixed' : ways.has('projection') ? 'projection' : 'itself'}`);
    return ways.has(null) ? `${way} ${t('wiring.through.some')}` : way;
  };
  const wires = () => {
    if (choiceOf(arm, 'layers') === 'drawn') return t('experiment.mapping.drawn');
    if (terms.length > 0)
      return t('wiring.reads.some', { terms: terms.map((term): string => termOf(term).symbol) });
    return t(replacementsOf(arm).length > 0 ? 'wiring.reads.replaces' : 'wiring.reads.none');
  };
  const otherWires = now && draft.pending && now.likeness.mapping.join() !== arm.mapping.join();
  return (
    <div className={styles.side}>
      <p className={styles.said} aria-live="polite">
        {none ? (
          <Typeset>{none}</Typeset>
        ) : now ? (
          <Growth now={now} reference={reference} of={of} />
        ) : (
          absent()
        )}
      </p>
      {curves.length > 0 && !none && (
        <section>
          <h3>{t('wiring.chart')}</h3>
          <PairCurves curves={curves} style={style} end={end} />
          <p className={styles.note}>{t('wiring.chartNote')}</p>
          {otherWires && <p className={styles.note}>{t('wiring.otherWires')}</p>}
        </section>
      )}
      <p className={styles.note}>
        <Typeset>{[t(`wiring.meaning.${of}`), through()].filter(Boolean).join(' ')}</Typeset>
      </p>
      <p className={styles.note}>
        <Typeset>
          {[
            wires(),
            hasTerm(arm, 'embd')
              ? t('wiring.embeddingsWire.compared', { term: termOf('embd').symbol })
              : t('wiring.embeddingsWire.waiting'),
          ].join(' ')}
        </Typeset>
      </p>
      {newest && (
        <p className={styles.note}>
          {t('wiring.measured', {
            step: newest.step,
            tokens: newest.tokens,
            sequences: newest.sequences,
            took: formatMilliseconds(newest.took),
            share: formatPercent(likenessShare, 0),
          })}
        </p>
      )}
      <div>
        <Button variant="default" size="xs" disabled={phase !== 'ready'} onClick={() => watchLayers(true)}>
          {t('wiring.again')}
        </Button>
      </div>
      <details className={styles.how}>
        <summary>{t('wiring.how')}</summary>
        <p className={styles.note}>{t('wiring.howCka')}</p>
        <p className={styles.note}>{t('wiring.howText')}</p>
      </details>
    </div>
  );
}

/** Whether the pairs that are wired in the run grew alike, and all others. */
function Growth({ now, reference, of }: Pick<Props, 'now' | 'reference' | 'of'> & { now: Measured }) {
  const { t } = useTranslation();
  const { mapping } = now.likeness;
  const means = meansOf(now.likeness, of, mapping);
  const before = reference && meansOf(reference.likeness, of, mapping);
  if (means.wired === null) return null;
  const figure = (value: number) => formatFixed(value, 2);
  const wired = figure(means.wired);
  const others = means.others === null ? null : figure(means.others);
  if (!reference || !before || before.wired === null) {
    return others === null
      ? t('wiring.growth.nowAlone', { to: now.step, wired })
      : t('wiring.growth.now', { to: now.step, wired, others });
  }
  const said = t(reference.kind === 'first' ? 'wiring.growth.wired' : 'wiring.growth.before', {
    from: reference.step,
    to: now.step,
    wiredFrom: figure(before.wired),
    wired,
  });
  const rest =
    others === null || before.others === null
      ? t('wiring.growth.alone')
      : t('wiring.growth.others', { othersFrom: figure(before.others), others });
  return `${said}${rest}`;
}
