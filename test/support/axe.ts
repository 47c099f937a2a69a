import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';

/** What axe-core finds serious or critical in the page, or in a part of it, in a line each. */
export async function violations({ page }: { page: Page }, part?: string): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  const { violations: found } = await (part ? builder.include(part) : builder).analyze();
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
