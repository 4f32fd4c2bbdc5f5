import { failureReasons } from '../connection/failure.ts';
import type { Redact } from './redact.ts';

/** What the product itself writes there: a secret can be in it by accident alone, and taking it out would damage it. */
const ownKeys: ReadonlySet<string> = new Set([
  'schema',
  'sessionId',
  'runId',
  'startedAt',
  'finishedAt',
  'firstDialAt',
  'attemptsFile',
  'recordFiles',
  'recordDirectory',
  'file',
  'kind',
  'path',
  'targetKind',
  'via',
  'state',
  'outcome',
  'word',
  'grade',
  'unit',
  'aggregation',
  'comparison',
  'judgedBy',
  'histogram',
]);
const ownWords: ReadonlySet<string> = new Set(failureReasons);

/** Takes secrets out of every text in plain data, and leaves numbers, names of fields and closed words as they are. */
export const redactData = <Data>(data: Data, redact: Redact): Data => {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return ownWords.has(value) ? value : redact(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, ownKeys.has(key) ? inner : clean(inner)]),
    );
  };
  return clean(data) as Data;
};
