/** Everything of this page in the browser, and nothing of other pages at the same address. */
import { eraseDatabase } from './database';

/** What caches and stored entries of the page begin with. */
const own = (name: string) => name.startsWith('stillroom');

/**
 * Erases runs, texts, teachers, measurements, cached files and settings. No page that is open keeps anything from then on
 * until it is loaded again: its run can't come back by itself.
 * @throws ProblemError storageSilent where the browser doesn't delete its database in time; all else is gone by then
 */
export async function eraseEverything(): Promise<void> {
  const database = eraseDatabase();
  for (const storage of [() => localStorage, () => sessionStorage]) {
    try {
      for (const key of Object.keys(storage()).filter(own)) storage().removeItem(key);
    } catch {
      // A browser that refuses access keeps nothing there.
    }
  }
  if (typeof caches !== 'undefined') {
    const names = await caches.keys().catch(() => []);
    await Promise.all(names.filter(own).map((name) => caches.delete(name).catch(() => false)));
  }
  await database;
}
