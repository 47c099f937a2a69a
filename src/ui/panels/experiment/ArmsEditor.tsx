import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { bounds } from '../../../config/bounds';
import type { Arm } from '../../../config/experiment';
import { hardLabels, learnsFromTeacher } from '../../../config/objective';
import { plansOf } from '../../../config/stages';
import { changeArm, copyArm } from '../../../store/edits';
import { inEveryStage } from '../../../store/stageEdits';
import { withoutArm, withSource } from '../../../store/taughtBy';
import { usePlayground } from '../../../store/usePlayground';
import { ForkButton } from '../../controls/ForkButton';
import { Glossed } from '../../controls/Glossed';
import { Icon } from '../../controls/Icon';
import { ModelMark } from '../../controls/ModelMark';
import { armStyle } from '../../modelStyle';
import { spoken } from '../../symbols';
import { ForkDialog } from '../ForkDialog';
import classes from './experiment.module.css';
import { SaveModelsLink } from './SaveModelsLink';
import type { Draft } from './useDraft';

interface ArmsEditorProps {
  draft: Draft;
  names: readonly string[];
  selected: Arm;
  onSelect: (id: string) => void;
}

/** The arms: copy one, give it a twin without a teacher, or take one away. */
export function ArmsEditor({ draft, names, selected, onSelect }: ArmsEditorProps) {
  const { t } = useTranslation();
  const { arms } = draft.experiment;
  const name = spoken(names[arms.indexOf(selected)]);
  const full = arms.length >= bounds.arms.max;

  const step = usePlayground(({ past, status }) => past?.step ?? status.step);
  const { whole, teacher, waits } = draft;
  const add = (change: Partial<Arm> = {}) => {
    const { experiment, id } = copyArm(whole, whole.arms[arms.indexOf(selected)]);
    draft.editAll(() =>
      inEveryStage(experiment, (own) => {
        const added = { ...own.arms[own.arms.length - 1], ...change };
        const changed = changeArm(own, id, change);
        return change.weights && teacher ? withSource(changed, teacher, added, undefined) : changed;
      }),
    );
    onSelect(id);
  };
  return (
    <>
      <p className={classes.note}>
        <Trans
          i18nKey="experiment.armsEditor.lede"
          components={{ arm: <Glossed word="arm" />, twin: <Glossed word="twin" /> }}
        />
      </p>
      <ul className={classes.arms}>
        {arms.map(({ id }, index) => (
          <li key={id}>
            <button
              type="button"
              className={classes.armName}
              aria-pressed={id === selected.id}
              onClick={() => onSelect(id)}
            >
              <ModelMark name={names[index]} style={armStyle(index)} />
            </button>
            <Tooltip label={t('experiment.armsEditor.remove', { arm: spoken(names[index]) })}>
              <ActionIcon
                variant="subtle"
                disabled={arms.length === 1}
                aria-label={t('experiment.armsEditor.remove', { arm: spoken(names[index]) })}
                onClick={() =>
                  draft.editAll((before) =>
                    inEveryStage(before, (own) => withoutArm(own, teacher ?? null, id)),
                  )
                }
              >
                <Icon name="close" />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button
          variant="default"
          size="xs"
          disabled={full}
          aria-label={t('experiment.armsEditor.copy', { arm: name })}
          onClick={() => add()}
        >
          {t('experiment.armsEditor.copyShort')}
        </Button>
        {plansOf(whole.arms[arms.indexOf(selected)]).some(learnsFromTeacher) && (
          <Button
            variant="default"
            size="xs"
            disabled={full}
            aria-label={t('experiment.armsEditor.twin', { arm: name })}
            onClick={() =>
              add({
                weights: hardLabels,
                softTargets: 'teacher',
                choices: {},
                teacherTemperature: undefined,
              })
            }
          >
            {t('experiment.armsEditor.twinShort')}
          </Button>
        )}
        {step > 0 && !waits && <ForkButton step={step} dialog={ForkDialog} />}
      </div>
      <p className={classes.note}>{t(full ? 'experiment.armsEditor.full' : 'experiment.armsEditor.hint')}</p>
      <SaveModelsLink />
    </>
  );
}
