/** The schema library, told not to compile schemas to JavaScript: the page's policy lets no text become code. */
import { z } from 'zod';

z.config({ jitless: true });

export { z };
