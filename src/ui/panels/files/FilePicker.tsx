import { useRef } from 'react';
import classes from '../dialogs.module.css';

interface FilePickerProps {
  /** What stands before the button, such as "Drop a file here, or". */
  before: string;
  label: string;
  /** Endings and types that the browser offers first. */
  accept: string;
  onFile: (file: File) => void;
}

/** A file from the disk; the same one, corrected meanwhile, can be chosen again. */
export function FilePicker({ before, label, accept, onFile }: FilePickerProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <span>
      {before}{' '}
      <button type="button" className={classes.link} onClick={() => picker.current?.click()}>
        {label}
      </button>
      <input
        ref={picker}
        hidden
        type="file"
        accept={accept}
        onChange={({ currentTarget: input }) => {
          const [file] = input.files ?? [];
          if (file) onFile(file);
          input.value = '';
        }}
      />
    </span>
  );
}
