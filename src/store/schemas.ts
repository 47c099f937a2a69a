/** What reads with the schema library, as one chunk: a part that loads later needs nothing else that does. */
export { decodeExperiment } from '../config/urlCodec';
export { clearRun, listRuns } from '../storage/runs';
export { clearSeedRuns, deleteSeedRuns, listSeedRuns, saveSeedRuns } from '../storage/seedRuns';
export { deleteSetAside, listSetAside, reportOf } from '../storage/setAside';
export {
  clearTaskResults,
  deleteTaskResults,
  listTaskResults,
  saveTaskResult,
} from '../storage/taskResults';
