import { useTranslation } from 'react-i18next';
import type { Calibration } from '../../../config/scores';
import { formatFixed, formatPercent } from '../../format';
import type { Believed } from './calibrationFigures';

/** What a model's calibration comes to in a sentence. */
export function useCalibrationWords() {
  const { t } = useTranslation();
  return ({ asItIs, atBest, temperature }: Calibration, what: Believed) =>
    t(`scores.calibration.${what}`, {
      confidence: formatPercent(asItIs.confidence),
      accuracy: formatPercent(asItIs.accuracy),
      error: formatPercent(asItIs.error),
      best: formatPercent(atBest.error),
      T: formatFixed(temperature, 2),
    });
}
