import type { Bound } from '../../../methods/method';
import { NumberField } from '../../controls/NumberField';
import classes from './experiment.module.css';

interface Props {
  label: string;
  meaning: string;
  values: readonly number[];
  bound: Bound;
  onChange: (values: number[]) => void;
}

/** A list of numbers, a field for each. */
export function NumberList({ label, meaning, values, bound, onChange }: Props) {
  return (
    <fieldset className={classes.numbers}>
      <legend>{label}</legend>
      <p className={classes.note}>{meaning}</p>
      {values.map((value, at) => (
        <NumberField
          // biome-ignore lint/suspicious/noArrayIndexKey: the numbers have no other name than their place
          key={at}
          label={`${label} ${at + 1}`}
          symbol={String(at + 1)}
          meaning={meaning}
          value={value}
          bound={bound}
          onChange={(changed) => onChange(values.map((other, i) => (i === at ? changed : other)))}
        />
      ))}
    </fieldset>
  );
}
