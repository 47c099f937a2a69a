/**
 * Dialogs, the drawer and the experiment's editors as one chunk, with their words: none is there before somebody opens one,
 * and whoever does may open others.
 */
import { addDialogWords } from '../../i18n/dialogWords';

export { CalibrationDialog } from './CalibrationDialog';
export { ComputedDialog } from './ComputedDialog';
export { ConventionsDialog } from './ConventionsDialog';
export { CostDialog } from './CostDialog';
export { ExperimentDrawer } from './ExperimentDrawer';
export { RowEditor } from './experiment/RowEditor';
export { ForkDialog } from './ForkDialog';
export { KeptDialog } from './KeptDialog';
export { LearnedDialog } from './LearnedDialog';
export { LedgerDialog } from './LedgerDialog';
export { MicroscopeDialog } from './MicroscopeDialog';
export { PlayQuestion } from './PlayQuestion';
export { RowsDialog } from './RowsDialog';
export { SaveModelsDialog } from './SaveModelsDialog';
export { SeedsDialog } from './SeedsDialog';
export { SpeedDialog } from './SpeedDialog';
export { StageList } from './StageList';
export { SeedBands } from './seeds/SeedBands';
export { SeedsSection } from './seeds/SeedsSection';
export { TaskTableDialog } from './TaskTableDialog';
export { TeacherDialog } from './TeacherDialog';
export { TextDialog } from './TextDialog';
export { TokenizerView } from './TokenizerView';
export { AugmentationDialog } from './task/AugmentationDialog';
export { HeldOutDialog } from './task/HeldOutDialog';
export { VectorsDialog } from './VectorsDialog';
export { WiringDialog } from './WiringDialog';

addDialogWords();
