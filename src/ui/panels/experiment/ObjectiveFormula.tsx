import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { replacementsOf, termsOf, weightOf } from '../../../config/objective';
import { termOf } from '../../../methods/registry';
import { Term } from '../../controls/Term';
import { formatShort } from '../../format';
import classes from './experiment.module.css';

/** 5 L_ce + 2 L_mlm + 1 L_cos: the terms that have a weight, and what replaces layers. */
export function ObjectiveFormula({ arm }: { arm: Arm }) {
  const { t } = useTranslation();
  return (
    <span className={classes.formula}>
      {termsOf(arm).map((term, index) => (
        <Fragment key={term}>
          {index > 0 && ' + '}
          {formatShort(weightOf(arm, term))}&nbsp;
          <Term symbol={termOf(term).symbol} />
        </Fragment>
      ))}
      {replacementsOf(arm).map((method) => (
        <Fragment key={method}>, {t(`methods.method.${method}.name`)}</Fragment>
      ))}
    </span>
  );
}
