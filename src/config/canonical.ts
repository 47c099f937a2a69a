/** Plain data as one text that is the same for equal data. What a source is called is no part of what is trained. */
export const canonical = (data: unknown): string =>
  JSON.stringify(data, (key, value) => {
    if (key === 'name') return;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
