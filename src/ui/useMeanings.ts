import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FormulaSymbol, formulaSymbols } from '../i18n/formulaSymbols';
import { termIds, termOf } from '../methods/registry';
import { texOf } from './symbols';

/** What every symbol in a formula of a method means, by its TeX, and what each loss is. */
export function useMeanings(): Record<string, string> {
  const { t } = useTranslation();
  return useMemo(() => {
    const losses = termIds.map((term) => [texOf(termOf(term).symbol), t(`methods.term.${term}`)]);
    const symbols = Object.entries(formulaSymbols) as [FormulaSymbol, string][];
    return Object.fromEntries([
      ...losses,
      ...symbols.map(([id, tex]) => [tex, t(`methods.symbol.${id}`)]),
    ]) as Record<string, string>;
  }, [t]);
}
