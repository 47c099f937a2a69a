import classes from './Examples.module.css';

interface ExamplesProps {
  /** What the examples are for: read before them. */
  label: string;
  examples: readonly { key: string; text: string }[];
  /** Key of the one that stands. */
  chosen: string | null;
  onChoose: (key: string) => void;
}

/** Examples to click, set as a line of text rather than as a row of buttons. */
export function Examples({ label, examples, chosen, onChoose }: ExamplesProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend out of line
    <div className={classes.examples} role="group" aria-label={label}>
      <span aria-hidden>{label}</span>
      {examples.map(({ key, text }) => (
        <button
          key={key}
          type="button"
          className={classes.example}
          aria-pressed={key === chosen}
          onClick={() => onChoose(key)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
