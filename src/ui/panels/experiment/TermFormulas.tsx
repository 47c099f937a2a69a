import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { termsOf } from '../../../config/objective';
import { termOf } from '../../../methods/registry';
import { Formula } from '../../controls/Formula';
import { texOf } from '../../symbols';
import classes from './experiment.module.css';

/** The formula of each term that has a weight. */
export function TermFormulas({ arm }: { arm: Arm }) {
  const { t } = useTranslation();
  return (
    <div className={classes.layerFormulas}>
      {termsOf(arm).map((term) => {
        const { symbol, tex } = termOf(term);
        return (
          <Formula
            key={term}
            tex={`${texOf(symbol)} = ${tex}`}
            display
            symbols={{ [texOf(symbol)]: t(`methods.term.${term}`), T: t('shell.temperature.symbol') }}
          />
        );
      })}
    </div>
  );
}
