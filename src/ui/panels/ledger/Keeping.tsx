import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ledgerEvery, ledgerShares, usualLedger } from '../../../config/ledger';
import { usePlayground } from '../../../store/usePlayground';
import { formatMilliseconds, formatPercent } from '../../format';
import { costOf } from './figures';
import styles from './ledger.module.css';

/** Whether the ledger is kept, how often it is looked, and what that costs. */
export function Keeping() {
  const { t } = useTranslation();
  const record = usePlayground((state) => state.ledger);
  const pace = usePlayground((state) =>
    state.pace?.estimated ? null : (state.pace?.secondsPerStep ?? null),
  );
  const { keepLedger } = usePlayground((state) => state.actions);
  const { setting, points, apart } = record;
  const newest = points[points.length - 1];
  const shown = setting ?? usualLedger;
  const cost = setting && newest ? costOf(newest.took, apart, pace) : null;
  const isWidened = setting !== null && apart !== null && apart > setting.every;
  return (
    <>
      <div className={styles.keeping}>
        <Switch
          label={t('ledger.keep')}
          checked={setting !== null}
          onChange={(event) => keepLedger(event.currentTarget.checked ? shown : null)}
        />
        <NativeSelect
          size="xs"
          label={t('ledger.every')}
          disabled={!setting}
          value={shown.every}
          data={ledgerEvery.map((every) => ({
            value: String(every),
            label: t('ledger.steps', { count: every }),
          }))}
          onChange={(event) => keepLedger({ ...shown, every: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          size="xs"
          label={t('ledger.atMost')}
          disabled={!setting}
          value={shown.share}
          data={ledgerShares.map((share) => ({
            value: String(share),
            label: t('ledger.ofTime', { share: formatPercent(share, 0) }),
          }))}
          onChange={(event) => keepLedger({ ...shown, share: Number(event.currentTarget.value) })}
        />
      </div>
      <p className={styles.note}>
        {newest
          ? [
              t('ledger.cost.took', { step: newest.step, took: formatMilliseconds(newest.took) }),
              !setting
                ? t('ledger.cost.closed')
                : cost === null
                  ? t('ledger.cost.unknown', { share: formatPercent(setting.share, 0) })
                  : t(isWidened ? 'ledger.cost.widened' : 'ledger.cost.share', {
                      share: formatPercent(cost, 0),
                      count: apart ?? 0,
                      most: formatPercent(setting.share, 0),
                      every: setting.every,
                    }),
            ].join(' ')
          : t('ledger.cost.ahead')}
      </p>
    </>
  );
}
