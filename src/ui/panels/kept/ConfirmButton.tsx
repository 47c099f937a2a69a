import { Button } from '@mantine/core';
import { useState } from 'react';
import classes from './kept.module.css';

interface ConfirmButtonProps {
  label: string;
  /** What it says once it was pressed: the second press acts. */
  confirmLabel: string;
  /** For screen readers, where the label alone does not tell what is meant. */
  name?: string;
  disabled?: boolean;
  onConfirm: () => void;
}

/** A button for what can't be taken back: it asks once, in its own place, and forgets the question when it is left. */
export function ConfirmButton({ label, confirmLabel, name, disabled, onConfirm }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  const press = () => {
    setAsking(!asking);
    if (asking) onConfirm();
  };
  return (
    <Button
      className={asking ? classes.asking : undefined}
      variant="default"
      size="xs"
      disabled={disabled}
      aria-label={asking || !name ? undefined : name}
      onClick={press}
      onBlur={() => setAsking(false)}
    >
      {asking ? confirmLabel : label}
    </Button>
  );
}
