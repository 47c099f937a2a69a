/** The page's state and the actions on it, on parts that are handed in. */
import type { StateCreator } from 'zustand';
import { withSettings } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { presets } from '../config/presets';
import { sentencesOf } from '../config/sentences';
import { addressOf } from './address';
import { withTemperature } from './edits';
import { bareAddress, initialState } from './initialState';
import { Machine } from './machine';
import type { MachineParts, Playground } from './machineParts';
import { inStage } from './stageEdits';
import type { PlaygroundActions } from './state';

export const playgroundOn =
  (parts: MachineParts): StateCreator<Playground> =>
  (set, get) => {
    const machine = new Machine(parts, set, get);
    const { notices, scrubbing } = machine;
    /** What the worker reads meanwhile is told as it goes; `total`: bytes, null where that was told before. */
    const importing = <T>(total: number | null, work: () => Promise<T>): Promise<T> => {
      set({ importing: total === null ? null : { loaded: 0, total } });
      return work().finally(() => set({ importing: null }));
    };
    const actions: PlaygroundActions = {
      begin: (address) => machine.begin(address),
      play: () => void machine.command('play'),
      pause: () => machine.command('pause'),
      step: () => {
        scrubbing.backToLive();
        void machine.command('step');
      },
      reset: () => machine.reset(),
      goBackTo: (stage) => void machine.goBackTo(stage),
      fork: (fork, thing, plays) => machine.fork(fork, thing, plays),
      setSpeed: (speed) => {
        set({ speed });
        if (get().phase !== 'ready') return;
        void notices.ask(machine.worker.call('setSpeed', { stepsPerSecond: speed }));
      },
      seek: (step) => scrubbing.seek(step),
      seekBy: (frames) => scrubbing.seekBy(frames),
      backToLive: () => scrubbing.backToLive(),
      replay: () => scrubbing.replay(),
      restReplay: () => scrubbing.rest(),
      setReplaySpeed: (times) => scrubbing.setSpeed(times),
      choosePreset: (preset) => {
        set({ preset, view: { ...get().view, temperature: null } });
        machine.change(presets[preset]);
      },
      setNumber: (path, value) => machine.moveNumbers(withSettings(get().experiment, [{ path, value }])),
      setTemperature: (temperature) => {
        const { experiment, status } = get();
        const hotter = (own: Experiment) => withTemperature(own, temperature);
        machine.moveNumbers(inStage(experiment, status.stage ?? 0, hotter));
      },
      applyExperiment: (experiment) => machine.change(experiment),
      setSentence: (sentence) => {
        scrubbing.backToLive();
        machine.sentence.choose(sentence);
      },
      measure: () => {
        scrubbing.backToLive();
        void machine.measuring.all();
      },
      calibrate: () => machine.measuring.ask('calibrate'),
      measureCurves: () => machine.measuring.ask('measureCurves'),
      guessHeldOut: () => machine.measuring.ask('guessHeldOut'),
      judgeVariants: () => machine.measuring.ask('judgeVariants'),
      stopGuessing: () => void machine.worker.call('stopGuessing', {}).catch(() => {}),
      keepLedger: (setting) => machine.measuring.keepLedger(setting),
      watchLayers: (watched) => machine.measuring.watchLayers(watched),
      variantsOf: (row) => machine.worker.call('variantsOf', { row }),
      findRows: (text) => machine.worker.call('findRows', { text }),
      tokenize: (text) => machine.worker.call('tokenize', { text }),
      tryWithholding: (word) => machine.worker.call('tryWithholding', { word }),
      listTexts: parts.listTexts,
      listTeachers: parts.listTeachers,
      listRows: parts.listRows,
      listVectors: parts.listVectors,
      importText: (name, bytes) =>
        importing(bytes.byteLength, () => machine.worker.call('importText', { name, bytes }, [bytes])),
      importRows: (name, bytes) =>
        importing(bytes.byteLength, () => machine.worker.call('importRows', { name, bytes }, [bytes])),
      previewRows: (corrections) => importing(null, () => machine.worker.call('previewRows', corrections)),
      acceptRows: () => machine.worker.call('acceptRows', {}),
      importVectors: (file) =>
        importing(file.size, () => {
          const baseUrl = parts.place.baseUrl();
          return machine.worker.call('importVectors', { name: file.name, file, baseUrl });
        }),
      acceptVectors: async () => {
        await machine.worker.call('acceptVectors', {});
      },
      dropVectors: async () => {
        await machine.worker.call('dropVectors', {});
      },
      cancelImport: () => void notices.ask(machine.worker.call('cancelImport', {})),
      saveAsTeacher: async (arm, name) => {
        const saved = await notices.ask(machine.worker.call('saveAsTeacher', { arm, name }));
        if (saved) notices.tell({ tone: 'info', message: { key: 'teacherSaved', values: { name } } });
        return saved;
      },
      savableModels: () => machine.worker.call('savableModels', {}),
      measureHeldOut: async () => {
        await machine.command('pause');
        return machine.measuring.heldOut();
      },
      saveModel: async (model) => {
        const { file } = await machine.worker.call('saveModel', model);
        parts.download(file, `${model.folder}.zip`);
        return file.size;
      },
      saveRunFile: async () => {
        const { file, step } = await machine.worker.call('saveRunFile', {});
        parts.download(file, `stillroom-step-${step}.json`);
      },
      openRunFile: (file) => machine.openFile(file),
      stopKeeping: async () => {
        await machine.stopKeeping();
      },
      dismissNotice: (id) => notices.dismiss((notice) => notice.id === id),
      setView: (changes) => {
        set({ view: { ...get().view, ...changes } });
        if (changes.temperature !== undefined) machine.showInAddress();
      },
      shareLink: () => {
        const { experiment, preset, view, status } = get();
        // A sentence that nobody typed may come from a person's own text, and one of a later stage is none of the first.
        const chosen = (status.stage ?? 0) > 0 ? null : machine.sentence.chosen;
        const sentence = chosen === sentencesOf(experiment.text)[0] ? null : chosen;
        const shown = { sentence, viewTemperature: view.temperature };
        const address = addressOf(experiment, preset, shown, new URL(parts.place.href()));
        // Whoever opens it has another machine.
        address.searchParams.delete('backend');
        return address.href;
      },
      retry: () => machine.retry(),
    };
    return { ...initialState(bareAddress), actions };
  };
