import { Button, Menu } from '@mantine/core';
import type { TFunction } from 'i18next';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import type { TeacherShape } from '../../../config/teachers';
import { optionWords } from '../../../i18n/armName';
import type { Misfit } from '../../../methods/method';
import { type MethodId, methodIds, methodOf, type TermId, termOf } from '../../../methods/registry';
import { Icon } from '../../controls/Icon';
import { Notation } from '../../controls/Notation';
import { Typeset } from '../../controls/Typeset';
import { useTypeAhead } from '../../controls/useTypeAhead';
import { type Fit, fitOf } from './addable';
import classes from './objective.module.css';

interface Props {
  arm: Arm;
  /** Whom the arm learns from; null where there is nobody. */
  source: TeacherShape | null;
  /** The losses that are there already. */
  present: readonly TermId[];
  onAdd: (term: TermId, fit: Fit) => void;
}

/** Every loss that the arm does not have, by method, with what it is; of those that it can't have, what would fit. */
export function AddTerm({ arm, source, present, onAdd }: Props) {
  const { t } = useTranslation();
  const typeAhead = useTypeAhead();
  const groups = methodIds
    .map((method) => ({
      method,
      terms: (Object.keys(methodOf(method).terms) as TermId[]).filter((term) => !present.includes(term)),
    }))
    .filter(({ terms }) => terms.length > 0);
  return (
    <Menu
      width="min(24rem, calc(100vw - 16px))"
      position="bottom-start"
      middlewares={{ shift: { padding: 8 } }}
    >
      <Menu.Target>
        <Button
          className={classes.add}
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" size={13} />}
        >
          {t('experiment.objective.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.addMenu} onKeyDown={typeAhead}>
        {groups.map(({ method, terms }) => (
          <Group key={method} method={method}>
            {terms.map((term) => {
              const fit = fitOf(term, arm, source);
              const reason = reasonOf(fit, t);
              return (
                <Menu.Item
                  key={term}
                  className={classes.addItem}
                  disabled={fit.kind === 'misfit' || fit.kind === 'noTeacher'}
                  onClick={() => onAdd(term, fit)}
                >
                  <span data-title>
                    <Notation symbol={termOf(term).symbol} />
                  </span>
                  <span className={classes.addMeaning}>
                    <Typeset>{t(`methods.term.${term}`)}</Typeset>
                    {reason && <em>{reason}</em>}
                  </span>
                </Menu.Item>
              );
            })}
          </Group>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Group({ method, children }: { method: MethodId; children: ReactNode }) {
  const { t } = useTranslation();
  const heading = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-labelledby={heading}>
      <Menu.Label id={heading}>{t(`methods.method.${method}.name`)}</Menu.Label>
      {children}
    </div>
  );
}

/** Why it can't be had, or on which condition; null where nothing is to be said. */
function reasonOf(fit: Fit, t: TFunction): string | null {
  switch (fit.kind) {
    case 'fits':
      return null;
    case 'noTeacher':
      return t('experiment.objective.needsTeacher');
    case 'with':
      return t('experiment.objective.with', {
        choice: t(`methods.choice.${fit.choice}.label`),
        option: optionWords(fit.choice, fit.option, t),
      });
    case 'misfit': {
      // The figures come as data: `misfits.ts` says which ones each code has.
      const say = t as (
        key: `experiment.objective.misfit.${Misfit['code']}`,
        figures: Misfit['values'],
      ) => string;
      return say(`experiment.objective.misfit.${fit.misfit.code}`, fit.misfit.values);
    }
  }
}
