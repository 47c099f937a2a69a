/** The live numbers on their way to the worker: temperature, loss weights, learning rate. */
import { checkExperiment } from '../config/check';
import { settingsBetween, withSettings } from '../config/compare';
import type { Experiment } from '../config/experiment';
import type { NumberSetting } from '../config/results';
import type { GetState, SetState } from './machineParts';
import type { Notices } from './notices';

/** A slider's drag is one adjustment at most this often, in milliseconds. */
const sendEvery = 50;

interface Parts {
  set: SetState;
  get: GetState;
  notices: Notices;
  adjust: (settings: NumberSetting[]) => Promise<null>;
  /** Counts openings; an answer of an earlier one is worth nothing. */
  opening: () => number;
  /** Shows the experiment in the address. */
  show: () => void;
}

export class LiveNumbers {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param acting the experiment that the worker has, or was asked to open */
  constructor(
    public acting: Experiment,
    private readonly parts: Parts,
  ) {}

  sendSoon() {
    this.cancel();
    // While an experiment opens, its answer takes the change along.
    if (this.parts.get().phase === 'ready') this.timer = setTimeout(() => void this.send(), sendEvery);
  }

  cancel() {
    clearTimeout(this.timer);
  }

  /** The run has ended: it was trained with the numbers that it had, whatever was moved since. */
  giveUp() {
    this.cancel();
    this.parts.set({ experiment: this.acting, unapplied: null });
    this.parts.show();
  }

  /** Sends the numbers that differ. A set that can't be run, such as all weights 0, is told and not sent. */
  async send() {
    const { set, get, notices, adjust, opening } = this.parts;
    const { experiment, opened, unapplied } = get();
    const before = this.acting;
    const settings = settingsBetween(before, experiment);
    const [misfit = null] = checkExperiment(experiment, opened?.words ?? null);
    set({ unapplied: misfit });
    // The address is that of what trains: as long as this doesn't, a link would lead to nothing that can be run.
    if (misfit || unapplied) this.parts.show();
    if (misfit) notices.tell({ tone: 'warning', problem: misfit });
    if (misfit || settings.length === 0) return;
    this.acting = experiment;
    const asked = opening();
    const sent = await notices.ask(adjust(settings).then(() => true));
    if (!sent && asked === opening()) this.takeBack(settings, before, experiment);
  }

  /** Refused: the run has the numbers that it had, and so has the page, but for those that were moved since. */
  private takeBack(settings: NumberSetting[], before: Experiment, sent: Experiment) {
    const { set, get } = this.parts;
    const refused = settings.map(({ path }) => path);
    const back = settingsBetween(sent, before).filter(({ path }) => refused.includes(path));
    const moved = settingsBetween(sent, get().experiment).map(({ path }) => path);
    this.acting = withSettings(this.acting, back);
    const shown = back.filter(({ path }) => !moved.includes(path));
    set({ experiment: withSettings(get().experiment, shown) });
    this.parts.show();
  }
}
