import { type ReactNode, useState } from 'react';
import { loadDialogs } from '../dialogs';
import dialogs from '../panels/dialogs.module.css';

interface Props {
  /** What the link says. */
  label: ReactNode;
  title?: string;
  disabled?: boolean;
  /** The dialog, until it is closed. */
  children: (onClose: () => void) => ReactNode;
}

/** A link that opens a dialog, which loads when a pointer comes near. It is no part of a saved figure. */
export function DialogLink({ label, title, disabled, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={dialogs.link}
        data-no-figure
        title={title}
        disabled={disabled}
        onClick={() => setOpen(true)}
        onPointerEnter={loadDialogs}
      >
        {label}
      </button>
      {open && children(() => setOpen(false))}
    </>
  );
}
