import type { Bound } from '../../../methods/method';
import { NumberField } from '../../controls/NumberField';
import classes from './objective.module.css';

interface Props {
  label: string;
  meaning: string;
  /** What the number at each place, from 0, belongs to. */
  nameOf: (at: number) => string;
  values: readonly number[];
  bound: Bound;
  onChange: (values: number[]) => void;
}

/** A list of numbers, a field for each. */
export function NumberList({ label, meaning, nameOf, values, bound, onChange }: Props) {
  return (
    <fieldset className={classes.numbers}>
      <legend>{label}</legend>
      <p>{meaning}</p>
      <div>
        {values.map((value, at) => (
          <NumberField
            // biome-ignore lint/suspicious/noArrayIndexKey: the numbers have no other name than their place
            key={at}
            label={nameOf(at)}
            meaning={meaning}
            value={value}
            bound={bound}
            step={bound.integer ? undefined : 0.5}
            onChange={(changed) => onChange(values.map((other, i) => (i === at ? changed : other)))}
          />
        ))}
      </div>
    </fieldset>
  );
}
