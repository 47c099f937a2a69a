import { type ReactNode, useId } from 'react';
import styles from './microscope.module.css';

/** A chart with its heading, a sentence, and its figures at the T that the page looks at. */
export function Figure({
  title,
  choice,
  note,
  children,
}: {
  title: string;
  /** Beside the heading. */
  choice?: ReactNode;
  note: ReactNode;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section className={styles.figure} aria-labelledby={heading}>
      <div className={styles.head}>
        <h3 id={heading}>{title}</h3>
        {choice}
      </div>
      {children}
      <p className={styles.note}>{note}</p>
    </section>
  );
}
