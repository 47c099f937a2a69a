import { useDraftStore } from '../../store/useDraftStore';
import { PlayQuestion } from '../dialogs';

/** The question of Play, while it waits for an answer. */
export function PlayAsks() {
  const asking = useDraftStore((state) => state.asking);
  const stay = useDraftStore((state) => state.stay);
  return asking && <PlayQuestion onClose={stay} />;
}
