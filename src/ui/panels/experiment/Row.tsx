import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../controls/Icon';
import { PanelBoundary } from '../../controls/PanelBoundary';
import classes from './experiment.module.css';

interface RowProps {
  label: string;
  /** The marker of the arm that the choice is about. */
  mark: ReactNode;
  /** The choice as it stands, in one line. */
  value: ReactNode;
  /** The choice waits to be applied. */
  changed: boolean;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** One choice of the experiment, which opens into its editor. */
export function Row({ label, mark, value, changed, open, onToggle, children }: RowProps) {
  const { t } = useTranslation();
  const editor = useId();
  const button = useRef<HTMLButtonElement>(null);
  const leave = (event: KeyboardEvent) => {
    // Keys in a dialog that an editor opened come by here too; they are the dialog's.
    const inside = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (!open || event.key !== 'Escape' || event.defaultPrevented || !inside) return;
    onToggle();
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a shortcut; the button does the same
    <div className={classes.row} data-open={open || undefined} onKeyDown={leave}>
      <h3 className={classes.rowHeading}>
        <button
          ref={button}
          type="button"
          className={classes.rowButton}
          aria-expanded={open}
          aria-controls={editor}
          onClick={onToggle}
        >
          <span className={classes.rowLabel}>
            {label}
            {mark}
            {changed && <em> · {t('experiment.changed')}</em>}
          </span>{' '}
          <span className={classes.rowValue}>{value}</span>
          <span className={classes.rowChevron}>
            <Icon name="chevron" size={13} />
          </span>
        </button>
      </h3>
      <section id={editor} className={classes.editor} aria-label={label} hidden={!open}>
        {/* Around the place and not what is in it: while an editor loads the line stays closed. */}
        <PanelBoundary minHeight={0}>{open && children}</PanelBoundary>
      </section>
    </div>
  );
}
