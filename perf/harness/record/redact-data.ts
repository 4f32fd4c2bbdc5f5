import { failureReasons } from '../connection/failure.ts';
import { mapTexts } from './map-texts.ts';
import type { Redact } from './redact.ts';

/** What the product itself writes there: a secret can be in it by accident alone, and taking it out would damage it. */
const ownKeys: ReadonlySet<string> = new Set([
  'schema',
  'commit',
  'identity',
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
  'verdict',
  'better',
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
export const redactData = <Data>(data: Data, redact: Redact): Data =>
  mapTexts(data, (text) => (ownWords.has(text) ? text : redact(text)), ownKeys);
