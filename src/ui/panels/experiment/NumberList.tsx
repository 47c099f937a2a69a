import type { Bound } from '../../../methods/method';
import { NumberField } from '../../controls/NumberField';
import classes from './objective.module.css';

interface Props {
  label: string;
  meaning: string;
  /** The number that the first one is called by. */
  first: number;
  values: readonly number[];
  bound: Bound;
  onChange: (values: number[]) => void;
}

/** A list of numbers, a field for each. */
export function NumberList({ label, meaning, first, values, bound, onChange }: Props) {
  return (
    <fieldset className={classes.numbers}>
      <legend>{label}</legend>
      <p>{meaning}</p>
      <div>
        {values.map((value, at) => (
          <NumberField
            // biome-ignore lint/suspicious/noArrayIndexKey: the numbers have no other name than their place
            key={at}
            label={`${label} ${at + first}`}
            symbol={String(at + first)}
            meaning={`${label} ${at + first}`}
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
