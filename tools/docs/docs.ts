/** `npm run docs`: writes what is generated in docs/. */
import { writeFileSync } from 'node:fs';
import { english } from '../../src/cli/words';
import { methodsPage } from './methodsPage';

writeFileSync(new URL('../../docs/methods.md', import.meta.url), methodsPage(await english()));
