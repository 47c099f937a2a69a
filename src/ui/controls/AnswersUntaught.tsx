import { useTranslation } from 'react-i18next';
import { learnsToAnswer } from '../../config/objective';
import { plansOf } from '../../config/stages';
import { usePlayground } from '../../store/usePlayground';
import { useModels } from '../useModelNames';
import classes from './AnswersUntaught.module.css';

/** Says whose answers no loss of this stage reads, and which stage's do; nothing where all are read. */
export function AnswersUntaught() {
  const { t } = useTranslation();
  const arms = usePlayground(({ experiment }) => experiment.arms);
  const stage = usePlayground(({ status }) => status.stage ?? 0);
  const models = useModels();
  const untaught = arms.filter((arm) => !learnsToAnswer(plansOf(arm)[stage]));
  if (untaught.length === 0) return null;
  const names = untaught.flatMap(({ id }) => models.find((model) => model.id === id)?.name ?? []);
  const [first] = untaught;
  const next = plansOf(first).findIndex((plan, i) => i > stage && learnsToAnswer(plan));
  const said = { count: names.length, names };
  return (
    <p className={classes.note}>
      {t('common.untaught', said)} {next > 0 && t('common.taughtLater', { number: next + 1 })}
    </p>
  );
}
