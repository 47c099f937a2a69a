import { useTranslation } from 'react-i18next';
import { useSeedsState } from '../../store/seedsState';

/** How many runs over seeds still wait or train, behind the button that leads to them; nothing where none does. */
export function ToGo({ askedFor }: { askedFor: 'seeds' | 'sweep' }) {
  const { t } = useTranslation();
  const count = useSeedsState(
    ({ runs }) => runs.filter((run) => run.state === 'waiting' && run.askedFor === askedFor).length,
  );
  return count > 0 ? <span> · {t('shell.temperature.toGo', { count })}</span> : null;
}
