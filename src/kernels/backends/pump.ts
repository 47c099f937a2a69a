/**
 * Firefox looks only every 100 ms whether a GPU has finished, and whenever something is submitted (Mozilla's bug 1870699):
 * while an answer is waited for, nothing is submitted on purpose, again and again. Other browsers answer by themselves.
 */

/** Milliseconds between two submissions; after a few of them browsers make it four. */
const every = 1;

/** The one place that asks which browser this is. */
const answersLate = () => typeof navigator !== 'undefined' && /\bFirefox\/\d/.test(navigator.userAgent);

/**
 * What `answer` comes to, as soon as the GPU has it.
 * @param answer of `mapAsync` or `onSubmittedWorkDone`
 */
export async function promptly<T>(
  { queue, lost }: { queue: Pick<GPUQueue, 'submit'>; lost: Promise<unknown> },
  answer: Promise<T>,
  needed = answersLate(),
): Promise<T> {
  if (!needed) return answer;
  const pump = setInterval(() => queue.submit([]), every);
  // A device that is lost may never answer.
  void lost.then(() => clearInterval(pump));
  try {
    return await answer;
  } finally {
    clearInterval(pump);
  }
}
