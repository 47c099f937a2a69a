/** Something that is done once hands are still: each time it is asked for puts it off. */
export class Later {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param after milliseconds */
  constructor(
    private readonly after: number,
    private readonly act: () => void,
  ) {}

  ask(after = this.after) {
    this.cancel();
    this.timer = setTimeout(this.act, after);
  }

  cancel() {
    clearTimeout(this.timer);
  }
}
