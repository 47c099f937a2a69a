import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Meaning.module.css';

/** A label in words that says what it means on hover, focus and tap. Symbols have `Term`. */
export function Meaning({ children, text }: { children: ReactNode; text: string }) {
  return (
    <Tooltip label={text} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={classes.meaning}>
        {children}
      </button>
    </Tooltip>
  );
}
