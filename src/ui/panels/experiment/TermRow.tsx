import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bounds } from '../../../config/bounds';
import { methodOfTerm, type TermId, termOf } from '../../../methods/registry';
import { Icon } from '../../controls/Icon';
import { NumberField } from '../../controls/NumberField';
import { Source } from '../../controls/Source';
import { Formula } from '../../controls/Term';
import { spoken, texOf } from '../../symbols';
import classes from './objective.module.css';

interface Props {
  term: TermId;
  weight: number;
  /** What its symbols mean, by their TeX. */
  meanings: Record<string, string>;
  onWeight: (weight: number) => void;
  onRemove: () => void;
  /** The focus has left the row. */
  onLeave: () => void;
}

/** A loss of the objective: its weight, its formula, and where this is from. */
export function TermRow({ term, weight, meanings, onWeight, onRemove, onLeave }: Props) {
  const { t } = useTranslation();
  const { symbol, tex, source } = termOf(term);
  const remove = spoken(t('experiment.objective.remove', { term: symbol }));
  return (
    <li
      className={classes.term}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || onLeave()}
    >
      <div className={classes.termHead}>
        <NumberField
          label={spoken(t('experiment.objective.weight', { term: symbol }))}
          symbol={symbol}
          meaning={t(`methods.term.${term}`)}
          value={weight}
          bound={bounds.lossWeight}
          step={weight > 0 && weight < 0.5 ? undefined : 0.5}
          onChange={onWeight}
        />
        <ActionIcon variant="subtle" aria-label={remove} title={remove} onClick={onRemove}>
          <Icon name="close" size={14} />
        </ActionIcon>
      </div>
      <Formula tex={`${texOf(symbol)} = ${tex}`} display symbols={meanings} />
      <details className={classes.source}>
        <summary>{t('experiment.objective.source')}</summary>
        <Source paper={methodOfTerm(term).paper}>{source}</Source>
      </details>
    </li>
  );
}
