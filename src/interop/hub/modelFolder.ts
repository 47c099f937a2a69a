/** A model as the whole folder that other programs load: `transformers` in Python, onnxruntime, transformers.js. */
import type { Experiment } from '../../config/experiment';
import { onnxModel } from '../onnx/onnxModel';
import { type FolderFiles, type ModelToSave, modelFiles, numbersIn, textFiles } from './modelFiles';
import { recipeFile } from './recipeFile';

/** Larger models, which a page can't hold twice, come without an ONNX file: 240 MB of numbers. */
const mostForOnnx = 60_000_000;

/**
 * @param card README.md @param experiment what the model comes from
 * @throws ProblemError weightsMissing, weightsNotFinite
 */
export function modelFolder(model: ModelToSave, card: string, experiment: Experiment): FolderFiles {
  const files = modelFiles(model);
  if (numbersIn(model.shape, model.classes ?? null) <= mostForOnnx) {
    // The place where transformers.js looks for it.
    files.set('onnx/model.onnx', onnxModel(model));
  }
  const texts = textFiles({ 'README.md': card, 'experiment.json': recipeFile(experiment) });
  return new Map([...files, ...texts]);
}
