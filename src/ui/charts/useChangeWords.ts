import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { dialBound, termOf } from '../../methods/registry';
import { formatCount, formatList, formatShort } from '../format';
import { type NamedModel, nameIn } from '../useModelNames';
import { type ChangedNumber, type ChangeLine, nameOf } from './changeLines';

/** The words of changed numbers. */
export function useChangeWords() {
  const { t } = useTranslation();
  return useMemo(() => {
    /** A symbol to be set, words behind or instead of it, and the values as text. */
    const parts = ({ what, values }: ChangedNumber) => {
      const texts = values.map((value) => formatShort(value));
      if (what === 'temperature') return { symbol: 'T', words: '', values: texts };
      if (what === 'learningRate') {
        return { symbol: null, words: t('losses.changedLearningRate'), values: texts };
      }
      if (what === 'teacherTemperature') {
        return { symbol: 'T', words: t('losses.changedTeacherTemperature'), values: texts };
      }
      if ('term' in what) {
        return { symbol: termOf(what.term).symbol, words: t('losses.changedWeight'), values: texts };
      }
      if ('fork' in what) return { symbol: null, words: t('losses.fork'), values: texts };
      if ('dial' in what) return { symbol: dialBound(what.dial).symbol, words: '', values: texts };
      return { symbol: null, words: nameOf(what), values: texts };
    };
    /** "T 2 → 4". */
    const number = (of: ChangedNumber) => {
      const { symbol, words, values } = parts(of);
      const name = [symbol?.replace('_', '\u00a0'), words].filter(Boolean).join(' ');
      return [name, values.join(t('losses.changedTo'))].filter(Boolean).join(' ');
    };
    /** "After step 300: T 2 → 4 (distilled)." */
    const sentence = ({ from, to, numbers }: ChangeLine, models: NamedModel[]) => {
      const what = formatList(
        numbers.map((of) => {
          if (!of.arms) return number(of);
          const called = (id: string) => nameIn(models, id);
          if (typeof of.what === 'object' && 'fork' in of.what) {
            return t('losses.forked', { arm: called(of.what.fork), of: called(of.what.of) });
          }
          const arms = of.arms.map(called);
          return t('losses.changedOf', { number: number(of), arms: formatList(arms, 'unit') });
        }),
        'unit',
      );
      return from === to
        ? t('losses.changedAfter', { step: formatCount(from), what })
        : t('losses.changedBetween', { from: formatCount(from), to: formatCount(to), what });
    };
    return { parts, number, sentence };
  }, [t]);
}
