import { unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { teacherModel } from '../../src/config/modelIds';
import { presets } from '../../src/config/presets';
import { otherTeacherId } from '../../src/config/savable';
import { readSafetensors } from '../../src/interop/safetensors';
import { LongCalls } from '../../src/worker/longCalls';
import { savableModels, saveModel } from '../../src/worker/modelSaving';
import type { Run } from '../../src/worker/run';
import { modelOf } from '../golden/hub';

const student = modelOf('DistilBERT for words');
const teacher = modelOf('BERT for words');
const random = modelOf('BERT for words, cased');
const weightsOf = ({ parameters }: typeof teacher) =>
  new Map(Object.entries(parameters).map(([name, data]) => [name, { shape: [data.length], data }]));
const { tiny } = presets;
const [{ id: arm }] = tiny.arms;

let step: number;
let run: Run;
const save = async (id: string, at = 7) => {
  const asked = { id, step: at, folder: 'a-folder', card: '# Mine' };
  const { file } = await saveModel(() => run, asked, new LongCalls(() => {}), Date.UTC(2026, 0, 2));
  return unzipSync(new Uint8Array(await file.arrayBuffer()));
};
const refused = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) });

beforeEach(() => {
  step = 7;
  run = {
    sources: {
      teacher: { shape: teacher.shape, weights: weightsOf(teacher) },
      others: [{ shape: random.shape, weights: weightsOf(random) }],
      tokenizerJson: student.tokenizer,
      batches: { classes: null, pairs: false },
    },
    course: {
      experiment: tiny,
      present: { arms: [{ id: arm }, { id: 'gone' }] },
      get step() {
        return step;
      },
      shapeOf: (id: string) => (id === arm ? student.shape : undefined),
    },
    keptNow: async () => ({ snapshot: { step, arms: { [arm]: { parameters: student.parameters } } } }),
  } as unknown as Run;
});

describe('the models of a run', () => {
  it('are those who teach and those who learn', () => {
    const { models, classes, ownTokenizer } = savableModels(run);
    expect(models.map(({ id }) => id)).toEqual([teacherModel, otherTeacherId(0), arm]);
    expect(models.map(({ parameters }) => parameters)).toEqual(
      [teacher, random, student].map(({ parameters }) =>
        Object.values(parameters).reduce((sum, { length }) => sum + length, 0),
      ),
    );
    expect(classes).toBe(null);
    expect(ownTokenizer).toBe(false);
  });

  it.each([
    [teacherModel, teacher, 'bert.embeddings.token_type_embeddings.weight'],
    [otherTeacherId(0), random, 'bert.embeddings.token_type_embeddings.weight'],
    [arm, student, 'distilbert.embeddings.word_embeddings.weight'],
  ])('are each saved with weights of its own and the card: %s', async (id, model, tensor) => {
    const files = await save(id);
    expect(new TextDecoder().decode(files['a-folder/README.md'])).toBe('# Mine');
    const weights = readSafetensors(files['a-folder/model.safetensors'].slice().buffer);
    const ours = tensor.replace(/^distilbert/, 'bert');
    expect(weights.get(tensor)!.data).toEqual(model.parameters[ours]);
    expect(Object.keys(files)).toContain('a-folder/onnx/model.onnx');
  });

  it('are not saved under a card of another step', async () => {
    step = 8;
    for (const id of [teacherModel, arm]) await expect(save(id)).rejects.toThrow(refused('interrupted'));
    expect(Object.keys(await save(arm, 8))).toHaveLength(8);
  });

  it('are refused where there is none of that name', async () => {
    await expect(save('nobody')).rejects.toThrow(refused('armMissing'));
  });
});
