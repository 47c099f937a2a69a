import styles from './microscope.module.css';

/** The sentence that all models read, or the two texts of a pair. */
export function Sentence({ sentence }: { sentence: string }) {
  return (
    <span className={styles.sentence}>
      {sentence.split('\n').map((text, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the texts of a pair are known by their places
        <q key={i}>{text}</q>
      ))}
    </span>
  );
}
