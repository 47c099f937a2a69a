import { withDatabase } from './database';

/** How many runs over seeds are kept: whether there is anything that the page should read. @throws ProblemError as `withDatabase` */
export const countSeedRuns = (): Promise<number> => withDatabase((database) => database.count('seedRuns'));
