/** What a backend can fail by, told apart by whoever catches it. */

/** The GPU device is gone; whatever was read or measured since means nothing. */
export class DeviceLost extends Error {
  override name = 'DeviceLost';
}

/** tfjs's WASM heap can't grow any further. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
  constructor(bytes: number) {
    super(`The WASM heap has no room for ${bytes} bytes`);
  }
}

/** A file did not arrive; `status` is the server's answer, null where there was none. */
export class DownloadError extends Error {
  override name = 'DownloadError';
  constructor(
    readonly file: string,
    readonly status: number | null,
    options?: ErrorOptions,
  ) {
    super(`${file} can't be loaded${status === null ? '' : `: ${status}`}`, options);
  }

  /** Whether the server would say the same again: there is no such file, or not for us. */
  get isFinal(): boolean {
    return (
      this.status !== null && this.status >= 400 && this.status < 500 && ![408, 429].includes(this.status)
    );
  }
}
