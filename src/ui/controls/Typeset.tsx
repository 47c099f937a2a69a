import { partsOf } from '../symbols';
import { Notation } from './Notation';

/** A sentence or a name with its symbols set as the papers set them, such as the "L_cos" of "no L_cos". */
export function Typeset({ children }: { children: string }) {
  return partsOf(children).map(({ text, symbol }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place alone
    symbol ? <Notation key={index} symbol={text} /> : <span key={index}>{text}</span>,
  );
}
