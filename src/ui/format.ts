/** Figures as people read them, with their units, in the language of the page. Every function takes plain numbers. */
import { i18next } from '../i18n/i18n';

const formatters = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${i18next.language}${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(i18next.language, options);
    formatters.set(key, formatter);
  }
  return formatter;
}

/** A number with exactly `digits` decimals, so that columns of figures line up. */
export const formatFixed = (value: number, digits: number) =>
  numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** A number with as many decimals as it needs, `digits` significant ones at most: 0.0005, 2, 1.25. */
export const formatShort = (value: number, digits = 3) =>
  numberFormat({ maximumSignificantDigits: digits }).format(value);

/** A count: 1,060,352. */
export const formatCount = (value: number) => numberFormat({ maximumFractionDigits: 0 }).format(value);

/** A large count in few characters: 1.06M, 660K. */
export const formatCompact = (value: number) =>
  numberFormat({ notation: 'compact', maximumSignificantDigits: 3 }).format(value);

/** A number beside an axis, in few characters: 0.05, 5,000, 10K; 2e-4 for what would be 0.0002. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size > 0 && size < 1e-3)
    return numberFormat({ notation: 'scientific', maximumSignificantDigits: 3 }).format(value).toLowerCase();
  return size < 10_000 ? formatShort(value) : formatCompact(value);
}

/** A probability, 0 to 1: 0.46, 0.031, 0.0009, <0.0001. */
export function formatProbability(value: number): string {
  if (value >= 0.0995 || value === 0) return formatFixed(value, 2);
  if (value >= 0.00095) return formatFixed(value, 3);
  return value < 0.00005 ? `<${formatFixed(0.0001, 4)}` : formatFixed(value, 4);
}

/** A share, 0 to 1, in per cent: 47.1 %. */
export const formatPercent = (value: number, digits = 1) => `${formatFixed(100 * value, digits)}\u00a0%`;

/** Entropy, cross-entropy or KL divergence, in nats: 1.62 nats. */
export const formatNats = (value: number, digits = 2) =>
  i18next.t('common.nats', { value: formatFixed(value, digits) });

/** A time in milliseconds: 1.9 ms, 120 ms. */
export const formatMilliseconds = (value: number) =>
  numberFormat({ style: 'unit', unit: 'millisecond', maximumSignificantDigits: 3 }).format(value);

/** Bytes in kB, MB or GB of powers of ten: 640 kB, 4.24 MB, 61.2 GB. */
export function formatBytes(bytes: number): string {
  const [value, unit] =
    bytes < 999_500
      ? [bytes / 1e3, 'kilobyte']
      : bytes < 999_500_000
        ? [bytes / 1e6, 'megabyte']
        : [bytes / 1e9, 'gigabyte'];
  return numberFormat({ style: 'unit', unit, maximumSignificantDigits: 3 }).format(value);
}

/** A temperature as it stands beside T: 2.0, 0.25, 16. */
export function formatTemperature(value: number): string {
  if (value >= 9.95) return formatFixed(value, 0);
  return formatFixed(value, value < 0.995 ? 2 : 1);
}

/** Words or figures as a list of the page's language: "a, b and c"; `disjunction`: "a, b or c"; `unit`: "a, b, c". */
export const formatList = (
  items: readonly string[],
  type: 'conjunction' | 'disjunction' | 'unit' = 'conjunction',
) => new Intl.ListFormat(i18next.language, { type, style: type === 'unit' ? 'short' : 'long' }).format(items);

/** About how long something takes: 8 seconds, 40 seconds, 2 minutes, 3 hours. One or two digits, since it is a guess. */
export function formatDuration(seconds: number): string {
  const [value, unit] =
    seconds < 90
      ? ([seconds < 10 ? seconds : 5 * Math.round(seconds / 5), 'second'] as const)
      : seconds < 90 * 60
        ? ([seconds / 60, 'minute'] as const)
        : ([seconds / 3600, 'hour'] as const);
  const shown = Math.max(1, Math.round(value));
  return numberFormat({ style: 'unit', unit, unitDisplay: 'long' }).format(shown);
}

/** A moment by the reader's clock: Nov 30, 2025, 9:41 AM. */
export const formatMoment = (milliseconds: number) =>
  new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
