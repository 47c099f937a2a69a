import { type DragEvent, useState } from 'react';

const isFile = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/**
 * What makes an element take a file that is dropped on it; text that is dropped goes where any text field takes it.
 * @param onSeveral told where it was a folder, or several files
 */
export function useFileDrop(onFile: (file: File) => void, onSeveral: () => void) {
  const [over, setOver] = useState(false);
  return {
    'data-over': over || undefined,
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!isFile(event)) return;
      event.preventDefault();
      const { files, items } = event.dataTransfer;
      const folder = Array.from(items).some((item) => item.webkitGetAsEntry?.()?.isDirectory);
      if (folder || files.length !== 1) onSeveral();
      else onFile(files[0]);
    },
    onDragOver: (event: DragEvent) => {
      if (!isFile(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
  };
}
