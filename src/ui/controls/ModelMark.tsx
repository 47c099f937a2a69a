import type { ModelStyle } from '../modelStyle';
import { spoken } from '../symbols';
import { Marker } from './Marker';
import classes from './ModelMark.module.css';
import { Typeset } from './Typeset';

/** A model's marker and name, as in every legend and table head. */
export function ModelMark({ name, style }: { name: string; style: ModelStyle }) {
  const said = spoken(name);
  return (
    <span className={classes.mark}>
      <Marker style={style} />
      {said === name ? (
        <span>{name}</span>
      ) : (
        // A subscript is read as one word with what it stands under.
        <span>
          <span aria-hidden>
            <Typeset>{name}</Typeset>
          </span>
          <span className="visuallyHidden">{said}</span>
        </span>
      )}
    </span>
  );
}
