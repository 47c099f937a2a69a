import { NativeSelect, Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LedgerSetting, ledgerEvery, ledgerShares, usualLedger } from '../../../config/ledger';
import { usePlayground } from '../../../store/usePlayground';
import { formatMilliseconds, formatPercent } from '../../format';
import { costOf } from './figures';
import styles from './ledger.module.css';

/** Whether the ledger is kept, how often it is looked, and what that costs; `children` stand before it. */
export function Keeping({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const record = usePlayground((state) => state.ledger);
  const pace = usePlayground((state) =>
    state.pace?.estimated ? null : (state.pace?.secondsPerStep ?? null),
  );
  const { keepLedger } = usePlayground((state) => state.actions);
  const { setting, points, apart } = record;
  const newest = points[points.length - 1];
  // What is chosen while it is off holds once it is on.
  const [chosen, choose] = useState<LedgerSetting>(setting ?? usualLedger);
  const change = (next: LedgerSetting) => {
    choose(next);
    if (setting) keepLedger(next);
  };
  const cost = setting && newest ? costOf(newest.took, apart, pace) : null;
  const isWidened = setting !== null && apart !== null && apart > setting.every;
  return (
    <>
      <div className={styles.keeping}>
        {children}
        <Switch
          className={styles.switch}
          label={t('ledger.keep')}
          checked={setting !== null}
          onChange={(event) => keepLedger(event.currentTarget.checked ? chosen : null)}
        />
        <NativeSelect
          size="xs"
          label={t('ledger.every')}
          value={chosen.every}
          data={ledgerEvery.map((every) => ({
            value: String(every),
            label: t('ledger.steps', { count: every }),
          }))}
          onChange={(event) => change({ ...chosen, every: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          size="xs"
          label={t('ledger.atMost')}
          value={chosen.share}
          data={ledgerShares.map((share) => ({
            value: String(share),
            label: t('ledger.ofTime', { share: formatPercent(share, 0) }),
          }))}
          onChange={(event) => change({ ...chosen, share: Number(event.currentTarget.value) })}
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
                    }),
            ].join(' ')
          : t('ledger.cost.ahead')}
      </p>
    </>
  );
}
