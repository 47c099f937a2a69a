import type { TFunction } from 'i18next';
import type { ArmNamePart } from '../config/armNames';
import { type ChoiceId, dialBound, termOf } from '../methods/registry';

/** The words of an arm's name: "T = 4", "no L_cos". */
export function armName(parts: ArmNamePart[], t: TFunction): string {
  const words = parts.map((part): string => {
    if ('stages' in part) return part.stages.map((own) => armName(own, t)).join(t('arm.inTurn'));
    if ('term' in part) return t(`arm.${part.code}`, { term: termOf(part.term).symbol });
    if ('terms' in part) return part.terms.map((term) => termOf(term).symbol).join(' + ');
    if ('control' in part) return part.control === 'teacher' ? '' : t(`arm.control.${part.control}`);
    if ('other' in part) {
      return t(`arm.taughtBy.${part.other.kind === 'bundled' ? part.other.id : part.other.kind}`);
    }
    if ('mean' in part) return t(`arm.ensembleOf.${part.mean}`);
    if ('method' in part) return t(`methods.method.${part.method}.name`);
    if ('choice' in part) return optionWords(part.choice, part.option, t);
    if ('dial' in part)
      return t('arm.dial', { symbol: dialBound(part.dial).symbol, value: String(part.value) });
    if ('value' in part) return t(`arm.${part.code}`, { value: String(part.value) });
    if ('text' in part) return t(`arm.${part.code}`, { text: part.text });
    return t(`arm.${part.code}`);
  });
  return t('common.list', { items: words });
}

/** The words of an option, whose ids no type gathers. */
export const optionWords = (choice: ChoiceId, option: string, t: TFunction): string =>
  (t as unknown as (key: string) => string)(`methods.choice.${choice}.options.${option}`);
