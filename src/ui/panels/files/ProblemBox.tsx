import type { Problem } from '../../../config/problems';
import { useProblemWords } from '../../useProblemWords';
import classes from '../dialogs.module.css';

/** What is wrong and what to do, in a dialog; nothing where nothing is. */
export function ProblemBox({ problem }: { problem: Problem | null }) {
  const words = useProblemWords();
  if (!problem) return null;
  const { title, text } = words(problem);
  return (
    <div className={classes.problem} role="alert">
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  );
}
