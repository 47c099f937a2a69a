import { ActionIcon, Menu } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { stagesOf } from '../../../config/stages';
import { stageName } from '../../../i18n/textName';
import { stageInRun } from '../../../store/draft';
import { withStages } from '../../../store/stageEdits';
import { usePlayground } from '../../../store/usePlayground';
import { Icon } from '../../controls/Icon';
import { formatCount } from '../../format';
import { useStages } from '../../useStages';
import { refusedStages } from './stageProblems';
import classes from './stages.module.css';
import type { Draft } from './useDraft';

interface Props {
  draft: Draft;
  /** The stage of the run that it is in; null where none is under way. */
  running: number | null;
  /** The stage, counted from 0, that the lines below are to be about. */
  onSelect: (stage: number) => void;
}

/** Which stage the lines below are about, and what can be done with it as a whole. */
export function StagePicker({ draft, running, onSelect }: Props) {
  const { t } = useTranslation();
  const group = useId();
  const { whole, stage: selected, changes } = draft;
  const names = stagesOf(whole).map(({ text }) => stageName(text, t));
  const refused = refusedStages(whole, draft.teacher, draft.problems);
  const last = names.length - 1;
  const arrange = (order: number[], next: number) => {
    draft.arrange((before) => withStages(before, order), order);
    onSelect(next);
  };
  const order = names.map((_, stage) => stage);
  /** It changes places with the one so many places on. */
  const move = (by: 1 | -1) => {
    const places: Record<number, number> = { [selected]: selected + by, [selected + by]: selected };
    arrange(
      order.map((stage) => places[stage] ?? stage),
      selected + by,
    );
  };
  const remove = () =>
    arrange(
      order.filter((stage) => stage !== selected),
      Math.max(0, selected - 1),
    );
  const runs = (stage: number) => running !== null && stageInRun(changes, stage) === running;
  return (
    <div className={classes.picker}>
      <fieldset className={classes.stages}>
        <legend>{t('experiment.stages.label')}</legend>
        {names.map((name, stage) => (
          <label
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is known by its place alone
            key={stage}
            className={classes.stage}
            data-selected={stage === selected || undefined}
            data-refused={refused.includes(stage) || undefined}
          >
            <input type="radio" name={group} checked={stage === selected} onChange={() => onSelect(stage)} />
            <span>
              <b>{stage + 1}</b> {name}
              {runs(stage) && <i className={classes.runs} title={t('experiment.stages.runs')} />}
              <span className="visuallyHidden">
                {runs(stage) && `, ${t('experiment.stages.runs')}`}
                {refused.includes(stage) && `, ${t('experiment.stages.refused')}`}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            className={classes.more}
            variant="subtle"
            aria-label={t('experiment.stages.more', { number: selected + 1, name: names[selected] })}
          >
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <BackToEnd stage={stageInRun(changes, selected)} />
          <Menu.Item disabled={selected === 0} onClick={() => move(-1)}>
            {t('experiment.stages.earlier')}
          </Menu.Item>
          <Menu.Item disabled={selected === last} onClick={() => move(1)}>
            {t('experiment.stages.later')}
          </Menu.Item>
          <Menu.Item onClick={remove}>
            {t('experiment.stages.remove', { number: selected + 1, name: names[selected] })}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** The way back to the end of a stage of the run that is over, with what will be lost; nothing for others. */
function BackToEnd({ stage }: { stage: number | null }) {
  const { t } = useTranslation();
  const spans = useStages();
  const step = usePlayground(({ status }) => status.step);
  const { goBackTo } = usePlayground(({ actions }) => actions);
  const end = stage === null ? undefined : spans[stage]?.end;
  if (end === undefined || end >= step) return null;
  const lost = { count: step - end, from: formatCount(end + 1), to: formatCount(step) };
  return <Menu.Item onClick={() => goBackTo(stage! + 1)}>{t('experiment.stages.backToEnd', lost)}</Menu.Item>;
}
