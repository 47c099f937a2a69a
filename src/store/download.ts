/** Hands a file to the person. */
export function download(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has the file in hand by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
