/** The students of a run as folders that `transformers` loads, one for each arm. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { armNameParts } from '../config/armNames';
import type { Experiment } from '../config/experiment';
import type { EvaluationPoint, HeldOut } from '../config/results';
import { stageCount, stepsOf } from '../config/stages';
import type { Metric } from '../config/tasks';
import { encodeExperiment, nearestPreset } from '../config/urlWriting';
import { armName } from '../i18n/armName';
import { modelCard } from '../i18n/modelCard';
import { modelFolder } from '../interop/hub/modelFolder';
import { needsOwnTokenizer } from '../interop/hub/tokenizerFiles';
import { figureOf } from '../statistics/classification';
import type { Trainer } from '../train/trainer';
import type { StageData } from './stageData';
import { english } from './words';

export interface RunToSave {
  /** All stages. */
  experiment: Experiment;
  /** Of the last stage, at its end. */
  trainer: Pick<Trainer, 'takeSnapshot' | 'shapeOf' | 'sizes'>;
  data: Pick<StageData, 'source' | 'tokenizerJson'>;
  heldOut: EvaluationPoint;
  /** What a task is measured by; null for a text. */
  metric: Metric | null;
}

/** Writes a folder for each arm, by its id, into `out`. @returns the folders */
export async function writeModelFolders(out: string, run: RunToSave): Promise<string[]> {
  const { experiment, trainer, data, heldOut, metric } = run;
  const t = await english();
  const { arms } = await trainer.takeSnapshot();
  const names = armNameParts(experiment.arms, experiment.others).map((parts) => armName(parts, t));
  const link = `?${encodeExperiment(experiment, nearestPreset(experiment))}`;
  const { classes, pairs } = data.source;
  const figure = (found: HeldOut | null) =>
    metric && found?.confusion ? figureOf(metric, found.confusion) : null;
  return Promise.all(
    experiment.arms.map(async (arm, i) => {
      const shape = trainer.shapeOf(arm.id)!;
      const own = heldOut.arms[arm.id];
      const card = modelCard(
        {
          experiment,
          stage: stageCount(experiment) - 1,
          step: stepsOf(experiment),
          model: { kind: 'arm', arm },
          name: names[i],
          folder: arm.id,
          shape,
          parameters: trainer.sizes()[arm.id].parameters,
          classes,
          pairs,
          measured: {
            point: { ...heldOut, step: stepsOf(experiment) },
            own,
            teacher: heldOut.teacher,
            ...(metric &&
              metric !== 'accuracy' && {
                figure: { metric, own: figure(own)!, teacher: figure(heldOut.teacher) },
              }),
          },
          link,
          ownTokenizer: needsOwnTokenizer(data.tokenizerJson),
        },
        t,
      );
      const { parameters } = arms[arm.id];
      const model = { shape, parameters, classes, tokenizer: data.tokenizerJson };
      const files = modelFolder(model, card, experiment);
      const folder = join(out, arm.id);
      await mkdir(join(folder, 'onnx'), { recursive: true });
      await Promise.all([...files].map(([path, bytes]) => writeFile(join(folder, path), bytes)));
      return folder;
    }),
  );
}
