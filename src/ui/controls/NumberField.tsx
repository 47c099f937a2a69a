import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { i18next } from '../../i18n/i18n';
import type { Bound } from '../../methods/method';
import { formatCount, formatShort } from '../format';
import { readNumber } from '../readNumber';
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
 * A number within its bounds, written in any of the ways of the world (`readNumber`). It takes effect as soon as what
 * is written is one (5e-4, 0.0005 and 0,0005 all are), and says what would be one otherwise; what could be two
 * numbers is asked. Arrow keys move it.
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
  const fits = (number: number) => number >= min && number <= max && (!integer || Number.isInteger(number));
  const read = (text: string) => readNumber(text, { locale: i18next.language, integer });
  const reading = written === null ? null : read(written);
  const choices = reading?.kind === 'doubtful' ? reading.values.filter(fits) : [];
  const refused =
    reading !== null && choices.length === 0 && !(reading.kind === 'number' && fits(reading.value));

  const write = (text: string) => {
    setWritten(text);
    const now = read(text);
    if (now.kind === 'number' && fits(now.value)) onChange(now.value);
  };
  const choose = (number: number) => {
    setWritten(null);
    onChange(number);
  };
  // A question stays until it is answered; anything else that is no number gives way to the one that counts.
  const leave = () => {
    if (choices.length === 0) setWritten(null);
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
        error={
          choices.length > 0 ? (
            <>
              {t('experiment.doubt')}{' '}
              {choices.map((choice) => (
                <button key={choice} type="button" className={classes.choice} onClick={() => choose(choice)}>
                  {format(choice)}
                </button>
              ))}
            </>
          ) : (
            refused &&
            t(integer ? 'experiment.rangeInteger' : 'experiment.range', {
              min: format(min),
              max: format(max),
            })
          )
        }
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={move}
      />
    </div>
  );
}
