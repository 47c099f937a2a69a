/** The teacher among the models of an experiment, the rest of which go by their arms' ids: no arm can have this one. */
export const teacherModel = '(teacher)';
