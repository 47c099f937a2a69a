import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Meaning.module.css';
import { Typeset } from './Typeset';

/** A label in words that says what it means on hover, focus and tap. Symbols have `Term`, words of the field `Glossed`. */
export function Meaning({ children, text }: { children: ReactNode; text: string }) {
  return (
    <Tooltip label={<Typeset>{text}</Typeset>} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={classes.meaning}>
        {children}
      </button>
    </Tooltip>
  );
}
