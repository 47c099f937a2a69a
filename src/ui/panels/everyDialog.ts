/** The dialogs as one chunk, with their words: few visitors open one, and whoever does may open others. */
import { addDialogWords } from '../../i18n/dialogWords';

export { ComputedDialog } from './ComputedDialog';
export { KeptDialog } from './KeptDialog';
export { SpeedDialog } from './SpeedDialog';
export { TeacherDialog } from './TeacherDialog';
export { TextDialog } from './TextDialog';
export { TokenizerView } from './TokenizerView';

addDialogWords();
