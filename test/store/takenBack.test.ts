import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { stepsBefore } from '../../src/config/stages';
import { recordedOf, segmentOf, withFrame } from '../../src/protocol/recording';
import { eventHandlers } from '../../src/store/events';
import type { PlaygroundActions, PlaygroundState } from '../../src/store/state';
import { probeAt, recordedRun } from '../protocol/sampleRecording';
import { createPlayground } from '../support/samplePlayground';
import { taskStages } from '../support/taskStages';

it('at the end of a stage what was looked at of the next one goes with it', () => {
  globalThis.location ??= { search: '' } as Location;
  const border = stepsBefore(taskStages, 1);
  let recording = recordedRun(border + 1);
  recording = withFrame(recording, recordedOf(recording, probeAt(border), 1));
  const store = createStore<PlaygroundState & { actions: PlaygroundActions }>()(createPlayground as never);
  const none = () => {};
  const { failed } = eventHandlers({
    ...{ set: store.setState, get: store.getState, notices: { tell: none } as never },
    ...{ fail: none, onFinished: none, keepResult: none as never, onTakenBack: none },
    ...{ onStage: none, askToPersist: none },
  });
  const [ended, begun] = recording.frames.slice(-2);
  const lookAt = (frame: typeof ended) => {
    const { stage } = segmentOf(recording, frame);
    const past = { frame, step: frame.step, stage, probe: probeAt(frame.step) };
    store.setState({ phase: 'ready', experiment: taskStages, recording, past });
    failed({ problem: { code: 'lossNotFinite' } as never, restoredStep: border, fatal: false });
    return store.getState();
  };
  expect([ended.step, begun.step]).toEqual([border, border]);
  expect(lookAt(begun).past).toBeNull();
  expect(lookAt(ended).past?.frame).toBe(ended);
  expect(store.getState().recording.frames.at(-1)).toBe(ended);
});
