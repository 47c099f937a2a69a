import { Tooltip } from '@mantine/core';
import { createElement, type ReactNode, useId, useMemo } from 'react';
import '../fonts/stixTwoMath/index.css';
import { findSymbols, type MeantPart, piecesOf, typeset } from '../mathml';
import { spokenTex } from '../symbols';
import classes from './Formula.module.css';
import { TexAsText } from './TexAsText';
import { Typeset } from './Typeset';

export interface FormulaProps {
  /** TeX as in a paper, without dollar signs: `L_\text{ce} = T^2 \dots`. */
  tex: string;
  /** Set large, on lines of its own, which wrap after a relation and before + and −. */
  display?: boolean;
  /** In words, for screen readers; without it they read the MathML. */
  label?: string;
  /**
   * What symbols mean, by their TeX: `{ 'z_\text{t}': 'the teacher’s logits' }`. Shown where they stand on hover and tap,
   * all of them on focus, and told to screen readers. Those that are not in the formula are ignored.
   */
  symbols?: Readonly<Record<string, string>>;
}

/** React has no types for MathML, and needs none: elements and attributes are as temml made them. */
function draw(part: MeantPart, key: number): ReactNode {
  if (typeof part === 'string') return part;
  const children = part.children.map(draw);
  if ('meaning' in part) {
    return (
      <Tooltip
        key={key}
        label={<Typeset>{part.meaning}</Typeset>}
        // A formula is one thing to a screen reader, which can't stop within it: `FormulaMath` explains all at its focus.
        events={{ hover: true, focus: false, touch: true }}
      >
        {createElement('mrow', { className: classes.symbol }, ...children)}
      </Tooltip>
    );
  }
  const className =
    part.classes
      .map((name) => classes[name])
      .join(' ')
      .trim() || undefined;
  return createElement(part.name, { key, className, style: part.style, ...part.attributes }, ...children);
}

/** @param label what is said in its place; without it a screen reader reads the MathML */
function MathElement({
  parts,
  display,
  label,
}: {
  parts: readonly MeantPart[];
  display: boolean;
  label?: string;
}) {
  return createElement(
    'math',
    { display: display ? 'block' : undefined, 'aria-label': label, className: classes.math },
    ...piecesOf(parts).map((piece) => createElement('mrow', null, ...piece.map(draw))),
  );
}

const none = {};

/** Null for what is no TeX. */
function compose(tex: string, display: boolean, symbols: NonNullable<FormulaProps['symbols']>) {
  try {
    const { parts, present } = findSymbols(typeset(tex, display), symbols);
    return { parts, meanings: present.map((symbol) => ({ symbol, meaning: symbols[symbol] })) };
  } catch {
    return null;
  }
}

/** See `Formula`, which loads this. */
export function FormulaMath({ tex, display = false, label, symbols = none }: FormulaProps) {
  const description = useId();
  const composed = useMemo(() => compose(tex, display, symbols), [tex, display, symbols]);
  if (!composed) return <TexAsText tex={tex} />;
  const { parts, meanings } = composed;
  const math = <MathElement parts={parts} display={display} label={label} />;
  const frame = display ? classes.display : classes.inline;
  if (meanings.length === 0) return <span className={frame}>{math}</span>;
  const list = meanings.map(({ symbol, meaning }) => (
    <span key={symbol} className={classes.meaning}>
      <MathElement parts={typeset(symbol)} display={false} />
      <span>
        <Typeset>{meaning}</Typeset>
      </span>
    </span>
  ));
  return (
    <Tooltip label={list} events={{ hover: false, focus: true, touch: false }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: with a keyboard its symbols are explained where it has the focus */}
      <span className={frame} role="group" aria-label={label} aria-describedby={description} tabIndex={0}>
        {math}
        <span id={description} hidden>
          {meanings.map(({ symbol, meaning }) => `${spokenTex(symbol)}: ${meaning}`).join('; ')}
        </span>
      </span>
    </Tooltip>
  );
}
