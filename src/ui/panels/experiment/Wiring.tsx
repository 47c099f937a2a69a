import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { hasTerm } from '../../../config/objective';
import { ModelMark } from '../../controls/ModelMark';
import { spoken } from '../../symbols';
import type { NamedModel } from '../../useModelNames';
import classes from './experiment.module.css';

type Named = Pick<NamedModel, 'name' | 'style'>;

interface WiringProps {
  arm: Arm;
  model: Named;
  /** Whom the arm learns from. */
  source: Named;
  sourceLayers: number;
}

const box = { width: 78, height: 22, pitch: 28 };
const teacherLeft = 160;
const top = 2;

/**
 * Student layers at the left, those of whom it learns from at the right, the first at the bottom as in the papers; below them the
 * embeddings (layer 0) where L_hidn compares these too. A full line: the layers are compared. A dotted line: copied or projected
 * from there at step 0.
 */
export function Wiring({ arm, model, source, sourceLayers }: WiringProps) {
  const { t } = useTranslation();
  const { layers } = arm.student;
  const first = hasTerm(arm, 'embd') ? 0 : 1;
  const rows = Math.max(layers, sourceLayers);
  const height = (rows + 1 - first) * box.pitch;
  const teacherTop = (layer: number) => top + (rows - layer) * box.pitch;
  // Each student layer is level with the teacher layer it is compared with where there is room, else evenly spread.
  const level = layers <= sourceLayers ? sourceLayers / layers : 1;
  const studentTop = (layer: number) => top + (rows - layer * level) * box.pitch;
  const middle = box.height / 2;
  const inRange = (layer: number) => layer <= sourceLayers;
  // Only the teacher's layers are copied.
  const copied = arm.initialisation.kind === 'random' || arm.taughtBy ? [] : arm.initialisation.blocks;
  const copiedElsewhere = copied.some((block, index) => block !== arm.mapping[index]);
  const pairs: string[] = arm.mapping.map((teacher, index) =>
    t('experiment.mapping.wiringPair', { student: index + 1, teacher }),
  );
  if (first === 0) pairs.unshift(t('experiment.mapping.wiringEmbeddings'));

  const boxes = (count: number, left: number, topOf: (layer: number) => number, color: string) =>
    Array.from({ length: count + 1 - first }, (_, index) => index + first).map((block) => (
      <g key={block}>
        <rect
          x={left}
          y={topOf(block)}
          width={box.width}
          height={box.height}
          rx={5}
          fill="none"
          stroke={color}
          strokeWidth={1.6}
        />
        <text x={left + box.width / 2} y={topOf(block) + 15} textAnchor="middle">
          {block === 0
            ? t('experiment.mapping.embeddings')
            : t('experiment.mapping.studentLayer', { layer: block })}
        </text>
      </g>
    ));
  /** Lines from student layer `from` and those above it, one to each of the teacher's `blocks`. */
  const wires = (from: number, blocks: readonly number[], dash?: string) =>
    blocks.slice(0, layers + 1 - from).map(
      (block, index) =>
        inRange(block) && (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: a student layer is known by its place alone
            key={`${dash}${index}`}
            x1={box.width + 2}
            y1={studentTop(from + index) + middle}
            x2={teacherLeft - 2}
            y2={teacherTop(block) + middle}
            stroke="var(--soft)"
            strokeWidth={dash ? 1.4 : 1.8}
            strokeDasharray={dash}
          />
        ),
    );
  return (
    <figure className={classes.wiring}>
      <figcaption>
        <ModelMark name={model.name} style={model.style} />
        <ModelMark name={source.name} style={source.style} />
      </figcaption>
      <svg
        viewBox={`0 0 ${teacherLeft + box.width + 2} ${height}`}
        role="img"
        aria-label={t('experiment.mapping.wiring', { arm: spoken(model.name), pairs })}
      >
        <g transform="translate(1 0)">
          {wires(first, first === 0 ? [0, ...arm.mapping] : arm.mapping)}
          {copiedElsewhere && wires(1, copied, '2 3')}
          {boxes(layers, 0, studentTop, model.style.color)}
          {boxes(sourceLayers, teacherLeft, teacherTop, source.style.color)}
        </g>
      </svg>
      {copiedElsewhere && (
        <p className={classes.note}>
          ─ {t('experiment.mapping.comparedKey')} &nbsp; ┈{' '}
          {t(
            arm.initialisation.kind === 'copy'
              ? 'experiment.mapping.copiedKey'
              : 'experiment.mapping.projectedKey',
          )}
        </p>
      )}
    </figure>
  );
}
