import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { armNameParts } from '../../../config/armNames';
import { stagesOf, stepsOf } from '../../../config/stages';
import { isOwn } from '../../../config/text';
import { armName } from '../../../i18n/armName';
import { i18next } from '../../../i18n/i18n';
import { textName } from '../../../i18n/textName';
import {
  downloadReport,
  type KeptHere,
  type KeptKind,
  mostClosed,
  mostSetAside,
  type RunCard,
  type SetAside,
} from '../../../store/kept';
import { KeptList, type KeptRow } from './KeptList';

interface KeptListsProps {
  kept: KeptHere;
  onDelete: (kind: KeptKind, id: string) => void;
  onFailure: (error: unknown) => void;
}

/** Everything that is kept, by kinds; a kind of which there is nothing has no place. */
export function KeptLists({ kept, onDelete, onFailure }: KeptListsProps) {
  const { t } = useTranslation();
  const asideRow = (entry: SetAside): KeptRow => {
    const { id, at, bytes, problem } = entry;
    const name = t('kept.unreadableRun');
    const part = String(problem.values?.part);
    const fault = problem.code === 'keptNewer' ? t('kept.newer') : t('kept.fault', { part });
    return {
      ...{ id, name, details: [fault], savedAt: at, bytes },
      action: (
        <Button
          variant="default"
          size="xs"
          aria-label={t('kept.reportNamed', { name })}
          onClick={() => void downloadReport(entry).catch(onFailure)}
        >
          {t('kept.report')}
        </Button>
      ),
    };
  };
  const textRows = kept.texts.map((text) => ({ ...text, details: [] }));
  const rowsRows = kept.rows.map(({ rows, labels, ...card }) => ({
    ...card,
    details: [t('kept.rowsOf', { count: rows }), t('kept.labels', { count: labels })],
  }));
  const vectorsRows = kept.vectors.map(({ words, dimension, ...card }) => ({
    ...card,
    details: [t('kept.words', { count: words }), t('kept.dimension', { dimension })],
  }));
  const teacherRows = kept.teachers.map(({ created, ...card }) => ({
    ...card,
    savedAt: created,
    details: [],
  }));
  return (
    <>
      <KeptList
        title={t('kept.runs')}
        lede={t('kept.runsLede', { most: mostClosed })}
        rows={kept.runs.map((card) => runRow(card, t))}
        onDelete={(id) => onDelete('runs', id)}
      />
      <KeptList title={t('kept.texts')} rows={textRows} onDelete={(id) => onDelete('texts', id)} />
      <KeptList title={t('kept.rows')} rows={rowsRows} onDelete={(id) => onDelete('rows', id)} />
      <KeptList title={t('kept.vectors')} rows={vectorsRows} onDelete={(id) => onDelete('vectors', id)} />
      <KeptList title={t('kept.teachers')} rows={teacherRows} onDelete={(id) => onDelete('teachers', id)} />
      <KeptList
        title={t('kept.results')}
        rows={kept.results > 0 ? [resultsRow(kept.results, t)] : []}
        onDelete={(id) => onDelete('results', id)}
      />
      <KeptList
        title={t('kept.seedRuns')}
        rows={kept.seedRuns > 0 ? [seedRunsRow(kept.seedRuns, t)] : []}
        onDelete={(id) => onDelete('seedRuns', id)}
      />
      <KeptList
        title={t('kept.setAside')}
        lede={t('kept.setAsideLede', { most: mostSetAside })}
        rows={kept.setAside.map(asideRow)}
        onDelete={(id) => onDelete('setAside', id)}
      />
    </>
  );
}

const resultsRow = (count: number, t: TFunction): KeptRow => ({
  id: 'results',
  name: t('kept.resultsName'),
  details: [t('kept.resultsOf', { count })],
  savedAt: 0,
  bytes: 0,
});

const seedRunsRow = (count: number, t: TFunction): KeptRow => ({
  ...resultsRow(count, t),
  id: 'seedRuns',
  name: t('kept.seedRunsName'),
  details: [t('kept.seedRunsOf', { count })],
});

/** A run is called by its students, as everywhere on the page. */
function runRow({ id, run, savedAt, bytes, open }: RunCard, t: TFunction): KeptRow {
  const row = { id, savedAt, bytes, inUse: open ? t('kept.openTabHint') : undefined };
  const tab = open ? [t('kept.openTab')] : [];
  if (!run) return { ...row, name: t('kept.unreadableRun'), details: tab };
  const { arms, others } = run.experiment;
  const owns = stagesOf(run.experiment).flatMap(({ text }) => (isOwn(text) ? [textName(text, t)] : []));
  const names = armNameParts(arms, others).map((parts) => armName(parts, t));
  return {
    ...row,
    name: new Intl.ListFormat(i18next.language).format(names),
    details: [
      ...[...new Set(owns)].map((name) => t('kept.onText', { name })),
      t('kept.step', { step: run.step, steps: stepsOf(run.experiment) }),
      ...tab,
    ],
  };
}
