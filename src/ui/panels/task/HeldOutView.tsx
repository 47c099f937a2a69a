import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import type { HeldOutGuesses } from '../../../config/results';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatCount, formatPercent } from '../../format';
import { spoken } from '../../symbols';
import type { NamedModel } from '../../useModelNames';
import dialogs from '../dialogs.module.css';
import { ConfusionMatrix } from './ConfusionMatrix';
import { HeldOutList } from './HeldOutList';
import { type Filter, filtersOf, type MatrixCell, matrixOf, rowsWanted } from './heldOutRows';
import styles from './task.module.css';

interface Props {
  guesses: HeldOutGuesses;
  /** In words, by index. */
  labels: readonly string[];
  models: readonly NamedModel[];
}

/** The confusion matrix of one model, and under it the rows that are wanted. */
export function HeldOutView({ guesses, labels, models }: Props) {
  const { t } = useTranslation();
  const known = models.filter(({ id }) => guesses.guesses[id]);
  const [chosen, setChosen] = useState(() => known.find(({ id }) => id !== teacherModel)?.id);
  const [filter, setFilter] = useState<Filter>('all');
  const [cell, setCell] = useState<MatrixCell | null>(null);
  const model = known.find(({ id }) => id === chosen) ?? known[0];
  const possible = filtersOf(model.id, guesses);
  const shown = possible.includes(filter) ? filter : 'all';
  const matrix = useMemo(() => matrixOf(guesses, model.id), [guesses, model.id]);
  const rows = useMemo(
    () => rowsWanted(guesses, { model: model.id, filter: shown, cell }),
    [guesses, model.id, shown, cell],
  );
  const all = guesses.rows.length;
  const right = matrix.reduce((sum, counts, label) => sum + counts[label], 0);
  return (
    <>
      <div className={styles.choices}>
        <NativeSelect
          size="xs"
          label={t('taskViews.heldOut.model')}
          value={model.id}
          data={known.map(({ id, name }) => ({ value: id, label: spoken(name) }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t('taskViews.heldOut.show')}
          value={shown}
          data={possible.map((value) => ({ value, label: t(`taskViews.heldOut.filter.${value}`) }))}
          onChange={(event) => setFilter(event.currentTarget.value as Filter)}
        />
      </div>
      <section data-figure>
        <div className={styles.save}>
          <SaveFigure
            title={t('taskViews.heldOut.figure', { model: spoken(model.name) })}
            numbers={() => [
              (['label', 'said', 'rows'] as const).map((column) => t(`taskViews.heldOut.file.${column}`)),
              ...matrix.flatMap((counts, label) =>
                counts.map((count, said) => [labels[label], labels[said], count]),
              ),
            ]}
          />
        </div>
        <p className={dialogs.lede}>
          {t('taskViews.heldOut.right', {
            percent: formatPercent(right / Math.max(1, all)),
            rows: formatCount(all),
          })}
        </p>
        <ConfusionMatrix matrix={matrix} labels={labels} model={model} chosen={cell} onChoose={setCell} />
      </section>
      <HeldOutList
        key={`${model.id} ${shown} ${cell?.label} ${cell?.said}`}
        guesses={guesses}
        labels={labels}
        models={known}
        rows={rows}
        cell={cell}
        onAllCells={() => setCell(null)}
      />
    </>
  );
}
