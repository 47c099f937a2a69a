/** Notices that are not problems. */
export const notices = {
  resumed: 'Taken up again at step {{step}}, as you left it.',
  restarted: 'The experiment has changed: the run starts again from step 0.',
  teacherSaved: '“{{name}}” is kept as a teacher. Choose it under Teacher.',
} as const;
