import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { lossTerms, type Objective } from '../../../config/experiment';
import { Term } from '../../controls/Term';
import { formatShort } from '../../format';
import classes from './experiment.module.css';

/** 5 L_ce + 2 L_mlm + 1 L_cos: the terms that have a weight. */
export function ObjectiveFormula({ objective }: { objective: Objective }) {
  const { t } = useTranslation();
  const present = lossTerms.filter((term) => objective[term] > 0);
  return (
    <span className={classes.formula}>
      {present.map((term, index) => (
        <Fragment key={term}>
          {index > 0 && ' + '}
          {formatShort(objective[term])}&nbsp;
          <Term symbol={t(`common.lossSymbol.${term}`)} />
        </Fragment>
      ))}
    </span>
  );
}
