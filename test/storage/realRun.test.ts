import { expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import { emptyHistory, withChange, withEvaluation, withPoints } from '../../src/protocol/history';
import { emptyRecording, probeOf, recordedOf, withFrame } from '../../src/protocol/recording';
import { sumState } from '../../src/storage/armState';
import { parseRecording } from '../../src/storage/keptRecording';
import { parseRecord, parseStates, writtenRecord } from '../../src/storage/keptSchema';
import { setUpBackend } from '../support/backends';
import { armSettings, distilled, tinyTrainer, trained, twin } from '../train/tinyExperiment';

const pause = async () => {};

it.each([
  ['with a teacher', [distilled, twin]],
  ['of layer losses', [{ ...distilled, weights: { ...distilled.weights, attn: 1, hidn: 1 } }, twin]],
])('what a run %s really keeps is believed', async (_, arms) => {
  await setUpBackend('cpu');
  const trainer = tinyTrainer(arms);
  let history = withEvaluation(emptyHistory(), await trainer.evaluate('sample', pause));
  history = withPoints(history, await trained(trainer, 2));
  const { temperature } = trainer.experiment.arms[0];
  trainer.adjust(armSettings(0, { temperature: 4 }));
  history = withChange(history, { step: 2, path: 'arms.0.temperature', before: temperature, value: 4 });
  history = withPoints(history, await trained(trainer, 1));
  history = withEvaluation(history, await trainer.evaluate('full', pause));
  const { step } = trainer;
  // The teacher is made up in this test, and a person’s own for the record.
  const experiment = { ...trainer.experiment, teacher: presets.tiny.teacher };
  const record = {
    ...{ id: 'tab-a-b', birth: 'run', experiment, savedAt: 1, step, history },
    ...{ sentence: 'A [MASK].', fingerprint: 'one', tuning: null },
  };
  expect(parseRecord('tab-a-b', structuredClone(writtenRecord(record))).history).toEqual(history);
  const { arms: states } = await trainer.takeSnapshot();
  const kept = Object.entries(states).map(
    ([id, state]) => [id, { ...state, step, checksum: sumState(state, step).checksum }] as const,
  );
  const asked = { ids: [2, 5, 4, 6, 3], tokens: ['[CLS]', 'a', '[MASK]', 'b', '[SEP]'], maskIndex: 2 };
  const models = await trainer.probe(asked.ids, asked.maskIndex);
  const said = { step, sentence: 'a [MASK] b', tokens: asked.tokens, maskIndex: 2, unknownWords: [], models };
  const recording = withFrame(emptyRecording(), recordedOf(emptyRecording(), said, 0));
  const read = parseRecording(experiment, step, structuredClone(recording));
  expect(read).toEqual(recording);
  // What real models say comes back as it was, to the recording's precision.
  const shown = probeOf(read, read.frames[0]).models;
  expect(shown.map(({ id }) => id)).toEqual(models.map(({ id }) => id));
  for (const [m, { logits, attention }] of shown.entries()) {
    const best = Math.max(...models[m].logits);
    for (const [i, logit] of logits.entries()) {
      expect(Math.abs(logit - (models[m].logits[i] - best))).toBeLessThan(0.001 + Math.abs(logit) / 1024);
    }
    for (const [i, share] of attention.probabilities.entries()) {
      expect(Math.abs(share - models[m].attention.probabilities[i])).toBeLessThan(0.001);
    }
  }
  expect(parseStates(record, new Map(structuredClone(kept)))).toEqual(states);
  trainer.dispose();
});
