import { teacherModel } from '../config/modelIds';
import type { StageFacts } from '../protocol/messages';
import type { RunCourse } from './runCourse';

/** What a page is told of the stage whose students are there. @param expectedStep milliseconds of an update, a guess */
export function stageFacts(
  course: Pick<RunCourse, 'data' | 'sizes'>,
  sentence: string,
  expectedStep: number,
): StageFacts {
  const { teacher, examples, facts: text } = course.data;
  const { [teacherModel]: size, ...arms } = course.sizes();
  return {
    examples,
    text,
    teacher: teacher ? { ...size, shape: teacher.shape } : null,
    arms,
    secondsPerStep: expectedStep / 1000,
    sentence,
  };
}
