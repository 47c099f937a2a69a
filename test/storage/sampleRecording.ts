import type { Recording } from '../../src/config/recording';
import { emptyRecording, recordedOf, withFrame } from '../../src/protocol/recording';
import { probeAt } from '../protocol/sampleRecording';

/** What could have been recorded of the sample run: a frame every 20 steps, and another sentence from step 60 on. */
export function sampleRecording(): Recording {
  let recording = emptyRecording();
  for (let step = 0; step <= 120; step += 20) {
    const sentence = step < 60 ? 'The cat sat on the [MASK].' : 'Once [MASK] a time.';
    const probe = probeAt(step, { sentence, students: ['distilled', 'twin'] });
    recording = withFrame(recording, recordedOf(recording, probe, 0));
  }
  return recording;
}
