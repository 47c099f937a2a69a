/** `--set PATH=VALUE`: an experiment with other values, at paths as links have them. */
import { bounds } from '../config/bounds';
import type { Experiment } from '../config/experiment';
import { type Problem, ProblemError } from '../config/problems';
import { upgradePath } from '../config/upgrade';
import { withEntries } from '../config/urlCodec';
import { shorten } from '../config/urlShape';
import { refuse } from './refusal';
import { misfitAt } from './whatFits';

/**
 * @param settings such as `arms.0.temperature=4`
 * @throws ProblemError settingWithoutValue, settingUnknown, settingNoNumber and others that say what would fit; an
 *   AggregateError of several
 */
export function withSettings(base: Experiment, settings: readonly string[]): Experiment {
  const entries = settings.map(entryOf);
  const problems: Problem[] = [];
  const experiment = withEntries(base, entries, problems);
  refuse(problems.map((problem) => faultOf(problem, entries, experiment)));
  return experiment;
}

function entryOf(setting: string): [path: string, value: string] {
  const at = setting.indexOf('=');
  if (at <= 0) throw new ProblemError('settingWithoutValue', { setting: shorten(setting) });
  return [setting.slice(0, at).trim(), setting.slice(at + 1).trim()];
}

/** What a link would mend in silence, as a refusal. */
function faultOf({ values = {} }: Problem, entries: [string, string][], experiment: Experiment): Problem {
  const path = String(values.parameter);
  const given = entries.findLast(([name]) => upgradePath(name).some((known) => shorten(known) === path));
  const [name, value] = given ?? [path, String(values.value ?? '')];
  if (path === 'stages') {
    const { min, max } = bounds.stages;
    return { code: 'settingNotWhole', values: { path, value: String(values.value), min, max } };
  }
  if (path === 'text.without') return { code: 'withheldNoWord', values: { word: String(values.value) } };
  return misfitAt(experiment, upgradePath(name)[0], shorten(value));
}
