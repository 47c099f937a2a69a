import { type ReactNode, useContext, useId } from 'react';
import type { Cells } from '../../figures/csv';
import { SaveFigure } from '../../figures/SaveFigure';
import { LookedContext } from './looked';
import styles from './microscope.module.css';

/** A chart with its heading, a sentence, and its figures at the T that the page looks at; it can be saved. */
export function Figure({
  title,
  choice,
  numbers,
  note,
  children,
}: {
  title: string;
  /** Beside the heading. */
  choice?: ReactNode;
  /** What is drawn, in figures; the first line names the columns. */
  numbers: () => Cells;
  note: ReactNode;
  children: ReactNode;
}) {
  const heading = useId();
  const step = useContext(LookedContext)?.probe.step;
  return (
    <section className={styles.figure} aria-labelledby={heading} data-figure>
      <div className={styles.head}>
        <h3 id={heading}>{title}</h3>
        {choice}
        <SaveFigure title={title} numbers={numbers} step={step} />
      </div>
      {children}
      <p className={styles.note}>{note}</p>
    </section>
  );
}
