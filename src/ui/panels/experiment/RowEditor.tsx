import type { Arm } from '../../../config/experiment';
import { ArmsEditor } from './ArmsEditor';
import type { RowName } from './changedRows';
import { MappingEditor } from './MappingEditor';
import { ObjectiveEditor } from './ObjectiveEditor';
import { StudentEditor } from './StudentEditor';
import { TeacherEditor } from './TeacherEditor';
import { TextEditor } from './TextEditor';
import { TrainingEditor } from './TrainingEditor';
import type { Draft } from './useDraft';

interface RowEditorProps {
  row: RowName;
  draft: Draft;
  /** The arm in hand, and what it is called. */
  arm: Arm;
  armName: string;
  /** Of all arms. */
  names: string[];
  onSelect: (id: string) => void;
}

/** What a line of the experiment opens into. */
export function RowEditor({ row, draft, arm, armName, names, onSelect }: RowEditorProps) {
  switch (row) {
    case 'text':
      return <TextEditor draft={draft} />;
    case 'teacher':
      return <TeacherEditor draft={draft} arm={arm} armName={armName} />;
    case 'arms':
      return <ArmsEditor draft={draft} names={names} selected={arm} onSelect={onSelect} />;
    case 'student':
      return <StudentEditor key={arm.id} draft={draft} arm={arm} />;
    case 'objective':
      return <ObjectiveEditor key={arm.id} draft={draft} arm={arm} />;
    case 'mapping':
      return <MappingEditor key={arm.id} draft={draft} arm={arm} />;
    case 'training':
      return <TrainingEditor draft={draft} />;
  }
}
