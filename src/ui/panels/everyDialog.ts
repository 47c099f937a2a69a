/** The dialogs as one chunk: few visitors open one, and whoever does may open others. */
export { ComputedDialog } from './ComputedDialog';
export { KeptDialog } from './KeptDialog';
export { SpeedDialog } from './SpeedDialog';
export { TeacherDialog } from './TeacherDialog';
export { TextDialog } from './TextDialog';
export { TokenizerView } from './TokenizerView';
