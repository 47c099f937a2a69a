/** Notices that are not problems. */
export const notices = {
  resumed: 'Taken up again at step {{step}}, where it was.',
  dropped:
    'A saved run could not be taken up: its teacher or its text has changed since. This one starts at step 0.',
  gaveWay_one: 'To make room, one earlier run that was kept here is gone.',
  gaveWay_other: 'To make room, {{count}} earlier runs that were kept here are gone.',
  charactersLost:
    '{{percent}} % of the text’s characters can’t be spelled in this vocabulary and are read as [UNK]. A teacher trained on the text reads all of it.',
  restarted: 'The experiment has changed: the run starts again from step 0.',
  restartedAt:
    'The experiment has changed, but not in the stages before: the run goes on from where they ended, step {{step, number}}.',
  teacherSaved: '“{{name}}” is kept as a teacher. Choose it under Teacher.',
} as const;
