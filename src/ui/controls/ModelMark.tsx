import type { ModelStyle } from '../modelStyle';
import { Marker } from './Marker';
import classes from './ModelMark.module.css';

/** A model's marker and name, as in every legend and table head. */
export function ModelMark({ name, style }: { name: string; style: ModelStyle }) {
  return (
    <span className={classes.mark}>
      <Marker style={style} />
      <span>{name}</span>
    </span>
  );
}
