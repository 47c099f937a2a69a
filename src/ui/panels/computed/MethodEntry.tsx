import { useTranslation } from 'react-i18next';
import { optionWords } from '../../../i18n/armName';
import {
  type ChoiceId,
  type MethodId,
  methodOf,
  optionsOf,
  type TermId,
  termOf,
} from '../../../methods/registry';
import { Source } from '../../controls/Source';
import { Formula } from '../../controls/Term';
import { Typeset } from '../../controls/Typeset';
import { formatList } from '../../format';
import { texOf } from '../../symbols';
import styles from './computed.module.css';

/** A method's formulas, each with its source, what it is used with, what it leaves open, and its paper. */
export function MethodEntry({ method, meanings }: { method: MethodId; meanings: Record<string, string> }) {
  const { t } = useTranslation();
  const { paper, terms, beside, choices = {} } = methodOf(method);
  return (
    <>
      {Object.entries(terms).map(([id, { symbol, tex, source }]) => (
        <div key={id} className={styles.formula}>
          <Formula tex={`${texOf(symbol)} = ${tex}`} display symbols={meanings} />
          <p>{source}</p>
        </div>
      ))}
      {beside && (
        <p>
          <Typeset>
            {t(Object.keys(terms).length > 0 ? 'computed.beside' : 'computed.usesAlone', {
              terms: beside.map((term): string => termOf(term as TermId).symbol),
            })}
          </Typeset>
        </p>
      )}
      {(Object.keys(choices) as ChoiceId[]).map((choice) => (
        <p key={choice}>
          <Typeset>
            {t('computed.choice', {
              choice: t(`methods.choice.${choice}.label`),
              options: formatList(
                optionsOf(choice).map((option) => optionWords(choice, option, t)),
                'disjunction',
              ),
            })}
          </Typeset>
        </p>
      ))}
      <Source paper={paper} />
    </>
  );
}
