import type { TFunction } from 'i18next';
import type { ArmNamePart } from '../config/armNames';

/** The words of an arm's name: "T = 4", "no L_cos". */
export function armName(parts: ArmNamePart[], t: TFunction): string {
  const words = parts.map((part): string => {
    if ('term' in part) return t(`arm.${part.code}`, { term: t(`common.lossSymbol.${part.term}`) });
    if ('value' in part) return t(`arm.${part.code}`, { value: String(part.value) });
    if ('text' in part) return t(`arm.${part.code}`, { text: part.text });
    return t(`arm.${part.code}`);
  });
  return t('common.list', { items: words });
}
