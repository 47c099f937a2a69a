import { Button, SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../config/modelIds';
import { isMappedOnTeacher } from '../../config/sources';
import { stepsOf } from '../../config/stages';
import { pastStep, shownProbe, shownSentence, shownStage } from '../../store/shown';
import type { PlaygroundState } from '../../store/state';
import { usePlayground } from '../../store/usePlayground';
import { useChangeLines } from '../charts/useChangeLines';
import { usePaced } from '../charts/usePaced';
import { Panel } from '../controls/Panel';
import { loadDialogs, WiringDialog } from '../dialogs';
import { SaveFigure } from '../figures/SaveFigure';
import { formatCount } from '../format';
import { inOneLine } from '../inOneLine';
import { useModels } from '../useModelNames';
import { useStages } from '../useStages';
import { useTask } from '../useTask';
import styles from './attention/attention.module.css';
import { Choices } from './attention/Choices';
import { DistanceCurves } from './attention/DistanceCurves';
import { DistanceGrid } from './attention/DistanceGrid';
import { distanceColumns, distanceLines, mapColumns, mapLines } from './attention/files';
import { chosen, comparedBlocks, newestDistance } from './attention/headMaps';
import { Pull } from './attention/Pull';
import { Triptych } from './attention/Triptych';

/** Milliseconds between two drawings of new maps; a choice acts at once. */
const drawEvery = 250;
const evaluationsOf = (state: PlaygroundState) => state.history.evaluations;

/** One head of teacher and student on the sentence, and the distance of all heads on held-out text. */
export function AttentionPanel() {
  const { t } = useTranslation();
  const probe = usePaced(shownProbe, drawEvery);
  const experiment = usePlayground(shownStage);
  const end = usePlayground((state) => stepsOf(state.experiment));
  const teacherHeads = usePlayground((state) => state.opened?.teacher?.shape.heads ?? null);
  const evaluations = usePaced(evaluationsOf, drawEvery);
  const changes = useChangeLines();
  const stages = useStages();
  const task = useTask();
  const sentence = usePlayground(shownSentence);
  const past = usePlayground(pastStep);
  const view = usePlayground((state) => state.view.attention);
  const full = usePlayground((state) => state.view.fullPanel === 'attention');
  const { setView } = usePlayground((state) => state.actions);
  const models = useModels();
  const stage = usePlayground((state) => state.status.stage ?? 0);
  const [board, setBoard] = useState(false);

  // Nobody teaches a task but who was tuned on it.
  const hasTeacher = experiment.teacher.kind !== 'none' && (!task || experiment.tuning !== undefined);
  const choice = useMemo(
    () => chosen(experiment.arms, hasTeacher, view),
    [experiment.arms, hasTeacher, view],
  );
  const { arm, block } = choice;
  const blocks = comparedBlocks(arm, hasTeacher);
  const model = models.find(({ id }) => id === arm.id);
  const maps = useRef<HTMLElement>(null);
  const { of } = view;
  const choose = useCallback(
    (nextBlock: number, head: number) => setView({ attention: { arm: arm.id, block: nextBlock, head, of } }),
    [setView, arm.id, of],
  );
  const chosenCurve = useMemo(() => ({ arm: arm.id, block, blocks }), [arm.id, block, blocks]);
  const otherSource = hasTeacher && !isMappedOnTeacher(arm);
  const otherHeads = !otherSource && teacherHeads !== null && teacherHeads !== arm.student.heads;
  const comparable = useMemo(
    () =>
      models.filter(({ id }) =>
        experiment.arms.some(
          (other) => other.id === id && other.student.heads === teacherHeads && isMappedOnTeacher(other),
        ),
      ),
    [models, experiment.arms, teacherHeads],
  );
  const students = useMemo(() => models.filter(({ id }) => id !== teacherModel), [models]);
  const point = newestDistance(
    past === null ? evaluations : evaluations.filter(({ step }) => step <= past),
    arm.id,
  );
  const own = probe?.models.find(({ id }) => id === arm.id)?.attention;
  const recorded = own !== undefined && own.blocks > 0;

  return (
    <Panel
      name="attention"
      title={t('attention.title')}
      lede={t('attention.lede')}
      actions={
        <>
          <SegmentedControl
            aria-label={t('attention.of')}
            value={of}
            onChange={(value) => setView({ attention: { ...view, of: value as typeof of } })}
            data={[
              { value: 'scores', label: t('attention.scores') },
              { value: 'probabilities', label: t('attention.probabilities') },
            ]}
          />
          {probe && model && recorded && (
            <SaveFigure
              title={t('attention.figure', { sentence: inOneLine(probe.sentence) })}
              of={maps}
              step={probe.step}
              numbers={() => [
                mapColumns.map((column) => t(`attention.file.${column}`)),
                ...mapLines(probe, choice, of, { teacher: t('common.teacher'), student: model.name }),
              ]}
            />
          )}
        </>
      }
    >
      <div className={styles.body}>
        <Choices choice={choice} arms={students} hasTeacher={hasTeacher} />
        {probe && model && recorded ? (
          <section ref={maps}>
            <Triptych key={of} probe={probe} choice={choice} of={of} model={model} />
          </section>
        ) : (
          <div className={styles.waiting}>
            {t(own ? 'attention.notRecorded' : task ? 'attention.waitingTask' : 'attention.waiting')}
          </div>
        )}
        <p className={styles.note}>
          {[
            t(of === 'scores' ? 'attention.scoresMeaning' : 'attention.probabilitiesMeaning'),
            past !== null && probe && t('attention.recorded', { step: formatCount(probe.step) }),
            probe?.second !== undefined && t('attention.pairOfTexts', { token: probe.tokens[probe.second] }),
            probe?.classes && t('attention.asked'),
            !hasTeacher && t('attention.noTeacher'),
            otherSource && t('attention.otherSource'),
            otherHeads && t('attention.otherHeads', { student: arm.student.heads, teacher: teacherHeads }),
            hasTeacher && arm.mapping.length === 0 && t('attention.notMapped'),
            probe &&
              probe.sentence !== sentence &&
              t('attention.stale', { sentence: inOneLine(probe.sentence) }),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
        {hasTeacher && (
          <div className={styles.board}>
            <Button
              variant="default"
              size="compact-sm"
              onPointerEnter={loadDialogs}
              onFocus={loadDialogs}
              onClick={() => setBoard(true)}
            >
              {t('attention.wiring')}
            </Button>
            <span>{t('attention.wiringMeaning')}</span>
          </div>
        )}
        {board && <WiringDialog arm={arm.id} stage={stage} onClose={() => setBoard(false)} />}
        {hasTeacher && !otherSource && !otherHeads && arm.mapping.length > 0 && model && (
          <section className={styles.distance} data-figure>
            <Pull arm={arm} arms={experiment.arms} models={models} />
            <div>
              <div className={styles.save}>
                <h3>
                  {t(of === 'scores' ? 'attention.distance' : 'attention.distanceScaled', {
                    of: t(`attention.${of}`),
                  })}
                </h3>
                <SaveFigure
                  title={t('attention.distanceFigure', { of: t(`attention.${of}`) })}
                  numbers={() => [
                    distanceColumns.map((column) => t(`attention.file.${column}`)),
                    ...distanceLines(evaluations, comparable),
                  ]}
                />
              </div>
              <DistanceGrid
                key={of}
                point={point}
                choice={choice}
                blocks={blocks}
                of={of}
                model={model}
                onChoose={choose}
              />
            </div>
            <div className={styles.curves}>
              <h3>{t('attention.curves')}</h3>
              <div className={styles.chart} data-full={full || undefined}>
                <DistanceCurves
                  key={of}
                  evaluations={evaluations}
                  changes={changes}
                  stages={stages}
                  arms={comparable}
                  chosen={chosenCurve}
                  of={of}
                  end={end}
                  height="100%"
                />
              </div>
              <p className={styles.note}>{t('attention.curvesNote', { block, model: model.name })}</p>
            </div>
          </section>
        )}
      </div>
    </Panel>
  );
}
