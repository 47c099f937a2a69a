/**
 * Lines of the bundled texts with a sentence that a bundled task holds out, and that would else be trained on. Named here
 * rather than looked for, since the tasks' files load with a task, long after the texts; a test finds them anew in the
 * files and compares.
 */
export const heldOutByTasks: ReadonlySet<string> = new Set([
  'Be quiet! The baby is asleep.',
  'That tune has been in my head all day.',
  'The doctor listened to my heart.',
  'When does the next bus leave?',
]);
