import { Trans } from 'react-i18next';
import { Glossed } from '../../controls/Glossed';
import classes from './experiment.module.css';

/** That there is nobody to learn from but the text. */
export function NoTeacher() {
  return (
    <p className={classes.note}>
      <Trans i18nKey="experiment.teacher.none" components={{ hard: <Glossed word="hardLabels" /> }} />
    </p>
  );
}
