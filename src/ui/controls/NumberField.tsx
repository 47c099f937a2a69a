import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bound } from '../../config/bounds';
import { formatCount, formatShort } from '../format';
import { Hint } from './Hint';
import classes from './NumberField.module.css';
import { Term } from './Term';

interface NumberFieldProps {
  label: string;
  /** Typeset in place of the label. */
  symbol?: string;
  meaning: string;
  value: number;
  bound: Bound;
  onChange: (value: number) => void;
  disabled?: boolean;
  /** How far an arrow key moves a real number; by default a tenth more or less. */
  step?: number;
}

/**
 * A number within its bounds. It takes effect as soon as what is written is one (5e-4 and 0.0005 both are), and
 * says what would be one otherwise; arrow keys move it.
 */
export function NumberField({
  label,
  symbol,
  meaning,
  value,
  bound,
  onChange,
  disabled,
  step,
}: NumberFieldProps) {
  const { t } = useTranslation();
  // Null while what is written is what the value reads as.
  const [written, setWritten] = useState<string | null>(null);
  const { min, max, integer } = bound;
  const format = integer ? formatCount : formatShort;
  const isValid = (text: string) => {
    const number = Number(text);
    return text.trim() !== '' && number >= min && number <= max && (!integer || Number.isInteger(number));
  };
  const error =
    written !== null &&
    !isValid(written) &&
    t(integer ? 'experiment.rangeInteger' : 'experiment.range', { min: format(min), max: format(max) });

  const write = (text: string) => {
    setWritten(text);
    if (isValid(text)) onChange(Number(text));
  };
  const move = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (!direction) return;
    event.preventDefault();
    const amount = integer ? 1 : (step ?? Math.abs(value) / 10);
    const moved = Number((value + direction * amount).toPrecision(6));
    setWritten(null);
    onChange(Math.min(max, Math.max(min, moved)));
  };
  return (
    <div className={classes.field}>
      <span className={classes.label}>
        <Hint meaning={meaning}>{symbol ? <Term symbol={symbol} /> : label}</Hint>
      </span>
      <TextInput
        classNames={{ root: classes.input, error: classes.error }}
        size="xs"
        aria-label={label}
        inputMode={integer ? 'numeric' : 'decimal'}
        autoComplete="off"
        disabled={disabled}
        value={written ?? String(value)}
        error={error}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={() => setWritten(null)}
        onKeyDown={move}
      />
    </div>
  );
}
