import type { z } from 'zod';

/** What a text held, or why it can not be read. */
export type Reading<Value> =
  | { readonly outcome: 'read'; readonly value: Value }
  | { readonly outcome: 'unreadable'; readonly reason: string };

/** A layout with a name and a version of its own. */
export interface VersionedLayout<Value> {
  /** `ws-perf-gate/run`. */
  readonly name: string;
  readonly version: number;
  readonly schema: z.ZodType<Value>;
}

const unreadable = (reason: string): { readonly outcome: 'unreadable'; readonly reason: string } => ({
  outcome: 'unreadable',
  reason,
});

/** The first thing that is wrong with data, in one line: `"counts.failed": Invalid input: expected number, …`. */
export const firstProblem = ({ issues: [issue] }: z.ZodError): string => {
  if (issue === undefined) return 'it has another layout';
  const place = issue.path.map(String).join('.');
  return `${place === '' ? 'it' : `"${place}"`}: ${issue.message}`;
};

const versionProblem = (given: unknown, known: number): string | null => {
  if (given === known) return null;
  if (typeof given !== 'number' || !Number.isInteger(given)) return 'it says no version of its layout';
  const both = `version ${String(given)} of the layout, and this is ${String(known)}`;
  return given > known
    ? `it was written by a newer ws-perf-gate (${both}). Update ws-perf-gate`
    : `it was written by an older ws-perf-gate (${both}). Read it with that release`;
};

/** What of a JSON text is one of these layouts; the text may come from anywhere. */
export const parseVersioned = <Value>(
  text: string,
  layouts: readonly VersionedLayout<Value>[],
): Reading<Value> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable(text.trim() === '' ? 'it is empty' : 'it is no JSON, or cut off');
  }
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  const layout = layouts.find(({ name }) => name === given['schema']);
  if (layout === undefined) {
    return unreadable(`it is none of ${layouts.map(({ name }) => name).join(', ')}`);
  }
  const problem = versionProblem(given['version'], layout.version);
  if (problem !== null) return unreadable(problem);
  const parsed = layout.schema.safeParse(value);
  return parsed.success
    ? { outcome: 'read', value: parsed.data }
    : unreadable(`it is damaged: ${firstProblem(parsed.error)}`);
};
