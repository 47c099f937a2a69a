/** Arms are named by what sets them apart; the words are in `i18n/` under `arm.<code>`. */
import type { Arm, LossTerm } from './experiment';
import { learnsFromTeacher } from './experiment';

export type ArmNamePart =
  | { code: 'distilled' | 'noTeacher' | 'randomStart' | 'shuffled' | 'maskedOnly' | 'full' }
  | { code: 'temperature'; value: number }
  | { code: 'without'; term: LossTerm }
  | { code: 'weights' | 'size'; text: string }
  | { code: 'copied'; text: string };
