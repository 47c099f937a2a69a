import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Hint.module.css';
import { Typeset } from './Typeset';

/** A word or symbol that says what it means on hover, focus and tap. */
export function Hint({ meaning, children }: { meaning: string; children: ReactNode }) {
  return (
    <Tooltip label={<Typeset>{meaning}</Typeset>} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={classes.hint}>
        {children}
      </button>
    </Tooltip>
  );
}
