import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationPoint } from '../../../protocol/messages';
import { formatCount, formatFixed } from '../../format';
import { isWithinDoubt, type ScoreWords, type Told, type Verdict } from './summary';

/** The phrases of a verdict. Each stands by itself, with its doubt. */
export function useVerdictWords(of: ScoreWords) {
  const { t } = useTranslation();
  return useMemo(() => {
    /** A difference without its sign, with its margin where that is known. */
    const size = ({ value, margin }: Told, digits: number, factor = 1) => {
      const figure = formatFixed(factor * Math.abs(value), digits);
      if (margin === null) return figure;
      return t('scoreboard.withMargin', { value: figure, margin: formatFixed(factor * margin, digits) });
    };
    return {
      size: (ratio: Verdict['size']) => {
        const percent = formatFixed(100 * Math.abs(1 - (ratio ?? 1)), 1);
        if (ratio === null || ratio === 1) return t('scoreboard.sameSize');
        return t(ratio < 1 ? 'scoreboard.smaller' : 'scoreboard.larger', { percent });
      },
      speed: (speed: Verdict['speed']) => {
        if (speed === null) return t('scoreboard.speedUnknown');
        if (speed === 'alike') return t('scoreboard.sameSpeed');
        return speed > 1
          ? t('scoreboard.faster', { times: formatFixed(speed, 1) })
          : t('scoreboard.slower', { times: formatFixed(1 / speed, 1) });
      },
      kept: (kept: Verdict['kept'], { maskedWords, extent }: EvaluationPoint) => {
        if (kept === null) return t('scoreboard.keptUnknown');
        if (kept === 'few') return t(`${of}.keptFew`, { words: formatCount(maskedWords) });
        return t(extent === 'full' ? `${of}.keeps` : `${of}.keepsAbout`, {
          percent: formatFixed(100 * kept.value, 0),
          margin: formatFixed(Math.max(1, 100 * (kept.margin ?? 0)), 0),
        });
      },
      kl: (kl: Told) => {
        const value = size(kl, 2);
        if (isWithinDoubt(kl)) return t('scoreboard.klAlike', { value });
        return t(kl.value < 0 ? 'scoreboard.klCloser' : 'scoreboard.klFarther', { value });
      },
      accuracy: (accuracy: Told) => {
        const value = size(accuracy, 1, 100);
        if (isWithinDoubt(accuracy)) return t(`${of}.accuracyAlike`, { value });
        return t(accuracy.value < 0 ? `${of}.accuracyLost` : `${of}.accuracyGained`, { value });
      },
    };
  }, [t, of]);
}
