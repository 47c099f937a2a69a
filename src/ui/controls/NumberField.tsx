import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bound } from '../../config/bounds';
import { formatCount, formatShort } from '../format';

interface NumberFieldProps {
  label?: string;
  /** Its name where no label stands above it. */
  ariaLabel?: string;
  /** What the number means, below its label. */
  meaning?: string;
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
  ariaLabel,
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
  const isValid = (number: number) =>
    Number.isFinite(number) && number >= min && number <= max && (!integer || Number.isInteger(number));
  const invalid = written !== null && (written.trim() === '' || !isValid(Number(written)));

  const write = (text: string) => {
    setWritten(text);
    const number = Number(text);
    if (text.trim() !== '' && isValid(number)) onChange(number);
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
    <TextInput
      size="xs"
      label={label}
      aria-label={ariaLabel}
      description={meaning}
      inputMode={integer ? 'numeric' : 'decimal'}
      disabled={disabled}
      value={written ?? String(value)}
      error={
        invalid &&
        t(integer ? 'experiment.rangeInteger' : 'experiment.range', { min: format(min), max: format(max) })
      }
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={() => setWritten(null)}
      onKeyDown={move}
    />
  );
}
