import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { hasTerm } from '../../../config/objective';
import type { TeacherShape } from '../../../config/teachers';
import { methodIds, methodOf, needsTeacher, type TermId, termOf } from '../../../methods/registry';
import { Icon } from '../../controls/Icon';
import { Notation } from '../../controls/Notation';
import classes from './experiment.module.css';

interface Props {
  arm: Arm;
  teacher: TeacherShape | null;
  onAdd: (term: TermId) => void;
}

/** Every loss that the arm does not have, by method; those that the pair of models can't have say so. */
export function AddTerm({ arm, teacher, onAdd }: Props) {
  const { t } = useTranslation();
  const fits = (term: TermId) => {
    if (!needsTeacher(term)) return true;
    if (!teacher) return false;
    const student = { ...arm.student, vocabularySize: teacher.vocabularySize };
    return !termOf(term).misfit?.({ student, teacher, plan: arm });
  };
  const groups = methodIds.map((method) => ({
    method,
    terms: (Object.keys(methodOf(method).terms) as TermId[]).filter((term) => !hasTerm(arm, term)),
  }));
  return (
    <Menu width={340} position="bottom-start">
      <Menu.Target>
        <Button
          className={classes.aside}
          variant="default"
          size="xs"
          rightSection={<Icon name="chevron" size={13} />}
        >
          {t('experiment.objective.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.addTerm}>
        {groups
          .filter(({ terms }) => terms.length > 0)
          .map(({ method, terms }) => (
            <div key={method}>
              <Menu.Label>{t(`methods.method.${method}.name`)}</Menu.Label>
              {terms.map((term) => (
                <Menu.Item key={term} disabled={!fits(term)} onClick={() => onAdd(term)}>
                  <Notation symbol={termOf(term).symbol} />
                  <span className={classes.addMeaning}>
                    {t(`methods.term.${term}`)}
                    {!fits(term) && ` ${t('experiment.objective.cantHave')}`}
                  </span>
                </Menu.Item>
              ))}
            </div>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
