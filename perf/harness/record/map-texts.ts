/** The same plain data with every text in it changed, but for those of the fields that are left. */
export const mapTexts = <Data>(
  data: Data,
  change: (text: string) => string,
  leave: ReadonlySet<string> = new Set(),
): Data => {
  const mapped = (value: unknown): unknown => {
    if (typeof value === 'string') return change(value);
    if (Array.isArray(value)) return value.map(mapped);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, leave.has(key) ? inner : mapped(inner)]),
    );
  };
  return mapped(data) as Data;
};
