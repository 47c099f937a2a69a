import { Button, Group, NativeSelect, SegmentedControl, Tooltip } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkExperiment } from '../../../config/check';
import type { Arm } from '../../../config/experiment';
import { type LayerLikeness, type LikenessMeasure, likenessAt, mostAlike } from '../../../config/likeness';
import { hasTerm } from '../../../config/objective';
import { sourceShape } from '../../../config/sources';
import type { TeacherShape } from '../../../config/teachers';
import { changeArm } from '../../../store/edits';
import { usePlayground } from '../../../store/usePlayground';
import { SaveFigure } from '../../figures/SaveFigure';
import { armStyle, teacherStyle } from '../../modelStyle';
import { useProblemWords } from '../../useProblemWords';
import { MappingPresets } from '../experiment/MappingPresets';
import type { Draft } from '../experiment/useDraft';
import { useSourceWords } from '../experiment/useSourceWords';
import { Board } from './Board';
import { Findings } from './Findings';
import { Keys } from './Keys';
import { goesByWires, newestMap, type Reference, referencesOf } from './pairs';
import styles from './wiring.module.css';

interface Props {
  draft: Draft;
  teacher: TeacherShape;
  arm: Arm;
  /** Of all arms. */
  names: readonly string[];
  /** What else can be chosen. */
  children: ReactNode;
}

const measures: LikenessMeasure[] = ['cka', 'cosine'];

/** One student's wires over its map, and what the map says. */
export function Wired({ draft, teacher, arm, names, children }: Props) {
  const { t } = useTranslation();
  const { experiment } = draft;
  const [of, setOf] = useState<LikenessMeasure>('cka');
  const [against, setAgainst] = useState<Reference>('first');
  const record = usePlayground((state) => state.likeness);
  const words = useProblemWords(experiment);
  const sourceWords = useSourceWords(draft.whole);
  const at = experiment.arms.findIndex(({ id }) => id === arm.id);
  const model = { name: names[at], style: armStyle(at) };
  const { taughtBy } = arm;
  const peer = taughtBy?.kind === 'arm' ? experiment.arms.findIndex(({ id }) => id === taughtBy.id) : -1;
  const source =
    peer >= 0
      ? { name: names[peer], style: armStyle(peer) }
      : {
          name: taughtBy?.kind === 'member' ? sourceWords(taughtBy) : t('common.teacher'),
          style: teacherStyle,
        };
  const shape = sourceShape(experiment, teacher, arm);

  const now = newestMap(record, arm.id, arm.student.layers + 1, shape.layers + 1);
  const references = now ? referencesOf(record, arm.id, now) : {};
  const kinds = (['first', 'earlier'] as const).filter((kind) => references[kind]);
  const shown = references[against] ? against : kinds[0];
  const reference = shown ? references[shown] : undefined;
  const alike = now && mostAlike(now.likeness, of);

  const mapped = (mapping: number[]) => changeArm(experiment, arm.id, { mapping });
  const set = (mapping: number[]) => draft.edit((before) => changeArm(before, arm.id, { mapping }));
  /** What this mapping would be refused for that the present one is not. */
  const misfit = (mapping: number[]) => {
    const known = checkExperiment(experiment, teacher).map(({ code }) => code);
    const problem = checkExperiment(mapped(mapping), teacher).find(({ code }) => !known.includes(code));
    return problem ? words(problem).text : null;
  };
  const mapCells = (likeness: LayerLikeness) => [
    [t('wiring.file.student'), t('wiring.file.teacher'), t(`wiring.${of}`)],
    ...Array.from({ length: arm.student.layers + 1 }, (_, level) =>
      Array.from({ length: shape.layers + 1 }, (_, other) => [
        level,
        other,
        likenessAt(likeness, of, level, other),
      ]),
    ).flat(),
  ];
  return (
    <div className={styles.columns}>
      <div className={styles.bar}>
        {children}
        <SegmentedControl
          aria-label={t('wiring.of')}
          value={of}
          onChange={(value) => setOf(value as LikenessMeasure)}
          data={measures.map((value) => ({ value, label: t(`wiring.${value}`) }))}
        />
        {reference && (
          <NativeSelect
            size="xs"
            label={t('wiring.against')}
            value={shown}
            data={kinds.map((value) => ({
              value,
              label: t(`wiring.${value}`, { step: references[value]!.step }),
            }))}
            onChange={(event) => setAgainst(event.currentTarget.value as Reference)}
          />
        )}
      </div>
      <div className={styles.main} data-figure>
        {now && (
          <Group justify="end">
            <SaveFigure title={t('wiring.title')} numbers={() => mapCells(now.likeness)} step={now.step} />
          </Group>
        )}
        <Board
          arm={arm}
          model={model}
          source={source}
          sourceLayers={shape.layers}
          of={of}
          likeness={now?.likeness ?? null}
          reference={reference?.likeness ?? null}
          embeddings={hasTerm(arm, 'embd')}
          wires={goesByWires(arm)}
          misfit={misfit}
          onChange={set}
        />
        <Keys arm={arm} style={model.style} />
        <MappingPresets arm={arm} sourceLayers={shape.layers} onChange={set}>
          <Tooltip label={t('wiring.mostAlikeMeaning')} multiline maw={320}>
            <Button variant="default" size="xs" disabled={!alike} onClick={() => alike && set(alike)}>
              {t('wiring.mostAlike')}
            </Button>
          </Tooltip>
        </MappingPresets>
      </div>
      <Findings
        draft={draft}
        arm={arm}
        style={model.style}
        source={shape}
        of={of}
        now={now}
        reference={reference ? { ...reference, kind: shown } : null}
      />
    </div>
  );
}
