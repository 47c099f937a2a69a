import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ModelMark } from '../../controls/ModelMark';
import { teacherStyle } from '../../modelStyle';
import type { NamedModel } from '../../useModelNames';
import styles from './attention.module.css';
import { formatAttention } from './distance';
import type { AttentionOf } from './headMaps';

interface Props {
  query: string;
  keyToken: string;
  /** Of the cell in the maps. */
  index: number;
  maps: { teacher: Float32Array | null; student: Float32Array | null; difference: Float32Array | null };
  model: NamedModel;
  of: AttentionOf;
  /** True once a person has chosen a cell: then the figures are announced, but only when the cell changes. */
  spoken: boolean;
}

const signed = (value: number, of: AttentionOf) =>
  `${value < 0 ? '−' : '+'}${formatAttention(Math.abs(value), of)}`;

/** "query → key: teacher, student, difference" of one cell. */
export function CellReadout({ query, keyToken, index, maps, model, of, spoken }: Props) {
  const { t } = useTranslation();
  const announced = useRef({ index: -1, text: '' });
  const pair = t('attention.pair', { query, key: keyToken });
  const teacher = maps.teacher && formatAttention(maps.teacher[index], of);
  const student = maps.student && formatAttention(maps.student[index], of);
  const gap = maps.difference && signed(maps.difference[index], of);
  if (spoken && announced.current.index !== index) {
    const parts = [
      teacher && t('attention.values', { model: t('common.teacher'), value: teacher }),
      student && t('attention.values', { model: model.name, value: student }),
      gap && t('attention.differenceValue', { value: gap }),
    ];
    announced.current = { index, text: `${pair}: ${parts.filter(Boolean).join(', ')}` };
  }
  return (
    <div className={styles.readout}>
      <span className={styles.pair}>{pair}</span>
      {teacher && (
        <span>
          <ModelMark name={t('common.teacher')} style={teacherStyle} /> <b>{teacher}</b>
        </span>
      )}
      {student && (
        <span>
          <ModelMark name={model.name} style={model.style} /> <b>{student}</b>
        </span>
      )}
      {gap && (
        <span>
          {t('attention.gap')} <b>{gap}</b>
        </span>
      )}
      <span className="visuallyHidden" aria-live="polite">
        {announced.current.text}
      </span>
    </div>
  );
}
