/** What the page opens where nobody asks for an experiment: one whose point is seen within ten seconds. */
import { describeAdapter } from '../config/adapters';
import type { PresetName } from '../config/presets';

/** A GPU that does not answer by then is taken for none: the page must open. In milliseconds. */
const patience = 500;

/** What is asked of the browser; handed in by tests. */
export type GpuQuestion = Pick<GPU, 'requestAdapter'> | undefined;

/**
 * With a GPU `distilbert`; without one, or with one that is only emulated, `tiny`, which takes some seconds on a
 * processor and then leads on to the larger one. Answers within half a second, and never fails.
 */
export async function firstPreset(gpu: GpuQuestion = globalThis.navigator?.gpu): Promise<PresetName> {
  if (!gpu) return 'tiny';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience);
  });
  const asked = gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  const adapter = await Promise.race([asked, late]);
  clearTimeout(timer);
  return adapter && !describeAdapter(adapter.info).software ? 'distilbert' : 'tiny';
}
