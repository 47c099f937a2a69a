import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Typeset } from '../../controls/Typeset';
import styles from './losses.module.css';

interface Props {
  shown: boolean;
  onToggle: () => void;
  /** What it stands for, on hover, focus and tap. */
  meaning?: string;
  children: ReactNode;
}

/** A legend entry that switches its curves on and off. */
export function ToggleChip({ shown, onToggle, meaning, children }: Props) {
  const chip = (
    <button type="button" className={styles.chip} aria-pressed={shown} onClick={onToggle}>
      {children}
    </button>
  );
  if (!meaning) return chip;
  return (
    <Tooltip
      label={<Typeset>{meaning}</Typeset>}
      multiline
      maw={320}
      events={{ hover: true, focus: true, touch: true }}
    >
      {chip}
    </Tooltip>
  );
}
