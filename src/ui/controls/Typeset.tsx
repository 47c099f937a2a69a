import { Fragment } from 'react';
import { Term } from './Term';

/** A sentence in which the symbols of losses and matrices, L_ce or W_h, are set as such. */
export function Typeset({ text }: { text: string }) {
  const parts = text.split(/(\b[A-Z]_[a-z]+)/);
  let at = 0;
  return parts.map((part, i) => {
    at += part.length;
    return <Fragment key={at}>{i % 2 === 1 ? <Term symbol={part} /> : part}</Fragment>;
  });
}
