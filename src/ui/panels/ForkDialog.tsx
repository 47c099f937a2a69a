import { Button, Group, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkExperiment } from '../../config/check';
import { stageAt, stageOfStep } from '../../config/stages';
import { isTask } from '../../config/tasks';
import { experimentAt, forkedAt } from '../../store/forking';
import { teacherShape } from '../../store/teacherShape';
import { usePlayground } from '../../store/usePlayground';
import { NumberField } from '../controls/NumberField';
import { PageDialog } from '../controls/PageDialog';
import { Typeset } from '../controls/Typeset';
import { formatCount } from '../format';
import { spoken } from '../symbols';
import { useArmNames } from '../useModelNames';
import { useProblemWords } from '../useProblemWords';
import dialogs from './dialogs.module.css';
import { ForkCost } from './fork/ForkCost';
import { type ForkThing, thingsOf } from './fork/things';

interface Props {
  /** Updates done by then. */
  step: number;
  onClose: () => void;
}

/** What would have happened if: a copy of a student goes its own way from a step on, with one thing changed. */
export function ForkDialog({ step, onClose }: Props) {
  const { t } = useTranslation();
  const run = usePlayground();
  const { opened, experiment: present, history } = run;
  const then = useMemo(
    () => experimentAt({ experiment: present, opened, history }, step),
    [present, opened, history, step],
  );
  // Whoever is another arm still has nothing of its own to copy.
  const arms = then.arms.filter(({ fork }) => !fork || fork.step < step);
  const [of, setOf] = useState(arms[0].id);
  const [path, setPath] = useState<string | null>(null);
  const [value, setValue] = useState<string | number | null>(null);

  const names = useArmNames(then);
  const stage = stageAt(then, stageOfStep(then, step));
  const arm = stage.arms.find(({ id }) => id === of) ?? stage.arms[0];
  const things = thingsOf(arm, isTask(stage.text), t);
  const thing = things.find((other) => other.path === path) ?? things[0];
  const wanted = value ?? thing.value;
  const isChanged = wanted !== thing.value;

  const forked = forkedAt(then, { of: arm.id, step }, { path: thing.path, value: wanted });
  const shape = teacherShape(forked.experiment.teacher, opened);
  const [problem] = shape === undefined ? [] : checkExperiment(forked.experiment, shape);
  const said = useProblemWords(forked.experiment);
  const forkName = useArmNames(forked.experiment).at(-1) ?? '';
  const wrong = isChanged && problem ? said(problem) : null;

  const fork = (plays: boolean) => {
    onClose();
    void run.actions.fork({ of: arm.id, step }, { path: thing.path, value: wanted }, plays);
  };
  return (
    <PageDialog title={t('fork.title', { step: formatCount(step) })} size="lg" onClose={onClose}>
      <div className={dialogs.stack}>
        <p className={dialogs.lede}>{t('fork.lede', { step: formatCount(step) })}</p>
        {arms.length > 1 && (
          <NativeSelect
            label={t('fork.of')}
            value={arm.id}
            onChange={(event) => {
              setOf(event.currentTarget.value);
              setValue(null);
            }}
            data={arms.map(({ id }) => ({
              value: id,
              label: spoken(names[then.arms.findIndex((other) => other.id === id)]),
            }))}
          />
        )}
        <NativeSelect
          label={t('fork.what')}
          value={thing.path}
          onChange={(event) => {
            setPath(event.currentTarget.value);
            setValue(null);
          }}
          data={things.map((other) => ({ value: other.path, label: other.label }))}
        />
        <ThingField key={`${arm.id} ${thing.path}`} thing={thing} value={wanted} onChange={setValue} />
        {wrong ? (
          <div className={dialogs.problem}>
            <strong>
              <Typeset>{wrong.title}</Typeset>
            </strong>
            <p>
              <Typeset>{wrong.text}</Typeset>
            </p>
          </div>
        ) : (
          <p className={dialogs.lede}>
            <Typeset>{isChanged ? t('fork.called', { name: forkName }) : t('fork.unchanged')}</Typeset>
          </p>
        )}
        <ForkCost step={step} />
        <Group gap="xs">
          <Button disabled={!isChanged || wrong !== null} onClick={() => fork(true)}>
            {t('fork.train')}
          </Button>
          <Button variant="default" disabled={!isChanged || wrong !== null} onClick={() => fork(false)}>
            {t('fork.rest')}
          </Button>
        </Group>
      </div>
    </PageDialog>
  );
}

interface FieldProps {
  thing: ForkThing;
  value: string | number;
  onChange: (value: string | number) => void;
}

/** What it was, to be changed. */
function ThingField({ thing, value, onChange }: FieldProps) {
  const { t } = useTranslation();
  if (thing.kind === 'number') {
    const { bound } = thing;
    return (
      <NumberField
        label={t('fork.number', { value: thing.value })}
        meaning={thing.meaning}
        value={Number(value)}
        bound={bound}
        step={bound.integer ? undefined : thing.path === 'temperature' ? 1 : 0.5}
        onChange={onChange}
      />
    );
  }
  return (
    <NativeSelect
      label={t('fork.choice', {
        value: thing.options.find((option) => option.value === thing.value)?.label ?? thing.value,
      })}
      description={thing.meaning}
      value={String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={thing.options}
    />
  );
}
