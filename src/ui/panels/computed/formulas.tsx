/** The formulas of the page, typeset. Subscripts s and t: student and teacher. */
import type { ReactNode } from 'react';
import { Term } from '../../controls/Term';

const symbol = (letter: string, index?: ReactNode) => (
  <>
    <var>{letter}</var>
    {index !== undefined && <sub>{index}</sub>}
  </>
);
const at = (letter: string, model: 's' | 't', layer: ReactNode) =>
  symbol(
    letter,
    <>
      {model},{layer}
    </>,
  );
const overT = (letter: string, index?: ReactNode) => (
  <>
    {symbol(letter, index)}&thinsp;/&thinsp;<var>T</var>
  </>
);
const m = <var>m</var>;
const mapped = (
  <>
    <var>g</var>({m})
  </>
);
const layers = (first: number) => (
  <>
    Σ
    <sub>
      {m}={first}…<var>M</var>
    </sub>{' '}
  </>
);

export const formulas = {
  softened: (
    <>
      {symbol('p', 'v')}(<var>z</var>, <var>T</var>) = exp({overT('z', 'v')}) / Σ<sub>u</sub>&thinsp;exp(
      {overT('z', 'u')})
    </>
  ),
  ce: (
    <>
      <Term symbol="L_ce" /> = <var>T</var>² · mean KL( <var>p</var>({symbol('z', 't')}, <var>T</var>) ‖{' '}
      <var>p</var>({symbol('z', 's')}, <var>T</var>) )
    </>
  ),
  mlm: (
    <>
      <Term symbol="L_mlm" /> = mean −log {symbol('p', 'y')}({symbol('z', 's')}, 1)
    </>
  ),
  cos: (
    <>
      <Term symbol="L_cos" /> = mean ( 1 − {symbol('h', 's')}·{symbol('h', 't')} / ( |{symbol('h', 's')}| |
      {symbol('h', 't')}| ) )
    </>
  ),
  mse: (
    <>
      <Term symbol="L_mse" /> = mean Σ<sub>v</sub>&thinsp;({symbol('z', 's,v')} − {symbol('z', 't,v')})²
    </>
  ),
  attn: (
    <>
      <Term symbol="L_attn" /> = {layers(1)}mean&thinsp;({at('A', 's', m)} − {at('A', 't', mapped)})²
    </>
  ),
  hidn: (
    <>
      <Term symbol="L_hidn" /> = {layers(0)}mean&thinsp;({at('H', 's', m)}
      {symbol('W', 'h')} + <var>b</var> − {at('H', 't', mapped)})²
    </>
  ),
  total: (
    <>
      <var>L</var> = {symbol('λ', 'ce')}
      <Term symbol="L_ce" /> + {symbol('λ', 'mlm')}
      <Term symbol="L_mlm" /> + {symbol('λ', 'cos')}
      <Term symbol="L_cos" /> + {symbol('λ', 'mse')}
      <Term symbol="L_mse" /> + {symbol('λ', 'attn')}
      <Term symbol="L_attn" /> + {symbol('λ', 'hidn')}
      <Term symbol="L_hidn" />
    </>
  ),
  update: (
    <>
      <var>θ</var> ← <var>θ</var>&thinsp;(1 − <var>η</var>
      <var>w</var>) − <var>η</var>&thinsp;<var>m̂</var> / (√<var>v̂</var> + <var>ε</var>)
    </>
  ),
  masks: null,
  heldOut: null,
} satisfies Record<string, ReactNode>;
