import { type Problem, ProblemError, problemOf } from '../config/problems';

/** News that the device is gone may come this much later than the errors that follow from it, in milliseconds. */
const lossHeardWithin = 100;

/** The one queue of whatever uses the device: updates, evaluations, measurements, checkpoints. */
export class DeviceQueue {
  private tail: Promise<unknown> = Promise.resolve();

  /**
   * @param isLost true once the device is gone: errors are its consequence, and whoever recovers reports it
   * @param onFault told of every other error before the next task begins
   */
  constructor(
    private readonly isLost: () => boolean,
    private readonly onFault: (problem: Problem) => Promise<void>,
  ) {}

  /** Resolves when all that is in the queue now is done; never rejects. */
  get settled(): Promise<unknown> {
    return this.tail;
  }

  /**
   * Runs `task` when nothing else uses the device.
   * @throws ProblemError interrupted where it didn't come to its end; what went wrong has been told by then
   */
  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(async () => {
      try {
        return await task();
      } catch (error) {
        const problem = problemOf(error);
        if (problem.code !== 'interrupted' && !(await this.isLosing())) await this.onFault(problem);
        throw new ProblemError('interrupted', undefined, { cause: error });
      }
    });
    this.tail = result.catch(() => {});
    return result;
  }

  /** True where an error that was just caught is a consequence of the lost device. */
  async isLosing(): Promise<boolean> {
    if (!this.isLost()) await new Promise((resolve) => setTimeout(resolve, lossHeardWithin));
    return this.isLost();
  }
}
