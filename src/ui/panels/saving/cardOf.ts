/** The facts of a model's card, from what the page knows. */
import type { Experiment } from '../../../config/experiment';
import { teacherModel } from '../../../config/modelIds';
import type { EvaluationPoint, HeldOut } from '../../../config/results';
import { otherTeacherId, type SavableModel, type SavableModels } from '../../../config/savable';
import type { Metric } from '../../../config/tasks';
import { encodeExperiment, nearestPreset } from '../../../config/urlWriting';
import type { CardFacts, CardModel } from '../../../i18n/cardFacts';
import { figureOf } from '../../../statistics/classification';
import type { PlaygroundState } from '../../../store/state';

export interface CardSources {
  state: Pick<PlaygroundState, 'experiment' | 'status'>;
  known: SavableModels;
  model: SavableModel;
  name: string;
  folder: string;
  point: EvaluationPoint;
  /** What the task at hand is measured by; null for a text. */
  metric: Metric | null;
  /** Of the page. */
  href: string;
}

export function cardOf({ state, known, model, name, folder, point, metric, href }: CardSources): CardFacts {
  const { experiment, status } = state;
  const { kind, own } = place(model.id, experiment, point);
  const figure = (found: HeldOut | null) =>
    metric && found?.confusion ? figureOf(metric, found.confusion) : null;
  const ofTask = metric === 'accuracy' ? null : figure(own);
  return {
    experiment,
    stage: status.stage ?? 0,
    step: status.step,
    model: kind,
    name,
    folder,
    shape: model.shape,
    parameters: model.parameters,
    classes: known.classes,
    pairs: known.pairs,
    measured: own && {
      point,
      own,
      teacher: point.teacher,
      ...(metric &&
        metric !== 'accuracy' &&
        ofTask !== null && { figure: { metric, own: ofTask, teacher: figure(point.teacher) } }),
    },
    link: linkOf(experiment, href),
    ownTokenizer: known.ownTokenizer,
  };
}

/** Which model of an experiment has this id, and what it was measured by. */
function place(
  id: string,
  { arms, others = [] }: Experiment,
  point: EvaluationPoint,
): { kind: CardModel; own: HeldOut | null } {
  if (id === teacherModel) return { kind: { kind: 'teacher' }, own: point.teacher };
  const other = others.findIndex((_, i) => otherTeacherId(i) === id);
  if (other >= 0)
    return { kind: { kind: 'other', other: others[other] }, own: point.others?.[other] ?? null };
  const arm = arms.find((own) => own.id === id)!;
  return { kind: { kind: 'arm', arm }, own: point.arms[id] ?? null };
}

/** The address of an experiment; of a page that only this machine serves, the part that any other can be asked. */
export function linkOf(experiment: CardFacts['experiment'], href: string): string {
  const address = new URL(href);
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(address.hostname);
  address.hash = '';
  address.search = encodeExperiment(experiment, nearestPreset(experiment)).toString();
  return isHere || !address.protocol.startsWith('http') ? address.search : address.href;
}

/** What a model's folder is called: ids are plain letters, whatever the model's name is. */
export const folderOf = (id: string, step: number, isStudent: boolean): string => {
  const plain = id
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-');
  return isStudent ? `stillroom-${plain}-step-${step}` : `stillroom-${plain}`;
};
