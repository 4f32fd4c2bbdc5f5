import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { OpenedAttempt } from '../harness/connection/attempt.ts';
import { attemptLineSchema, type AttemptLine } from '../harness/record/attempt-line.ts';
import { firstProblem } from '../harness/record/parse-versioned.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import { printableLine } from './printable.ts';
import { readLines } from './read-lines.ts';

/** A run, and where its attempts lie. */
export interface CsvSource {
  readonly record: Pick<RunRecord, 'runId' | 'scenario'>;
  readonly attemptsFile: string;
}

type Cell = string | number | boolean | null;

interface Row {
  readonly record: CsvSource['record'];
  readonly attempt: AttemptLine;
}

const opened =
  (read: (attempt: OpenedAttempt) => Cell) =>
  ({ attempt }: Row): Cell =>
    attempt.outcome === 'opened' ? read(attempt) : null;

const span = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Number((to - from).toFixed(3));

const rounded = (ms: number): number => Number(ms.toFixed(3));

/** Where `;` or a tab parts cells, as in many countries, one begins behind it, whatever RFC 4180 says of quotes. */
const formulaInside = /(?<=[;\t][\s"]*)(?=[=+\-@＝＋－＠])/gu;

const text = (given: string): string => printableLine(given).replaceAll(formulaInside, "'");

/** The columns of the CSV, in order; README.md documents each. Times in ms, points in time since the start of the run. */
const columns: Readonly<Record<string, (row: Row) => Cell>> = {
  scenario: ({ record }) => text(record.scenario.name),
  run_id: ({ record }) => text(record.runId),
  level: ({ attempt }) => attempt.level ?? null,
  attempt: ({ attempt }) => attempt.index,
  retry: ({ attempt }) => attempt.retry ?? null,
  warm_up: ({ attempt }) => attempt.warmUp ?? false,
  outcome: ({ attempt }) => attempt.outcome,
  reason: ({ attempt }) => (attempt.outcome === 'not-started' ? null : (attempt.failure?.reason ?? null)),
  http_status: ({ attempt }) =>
    attempt.outcome === 'not-started' ? null : (attempt.failure?.status ?? null),
  close_code: ({ attempt }) =>
    attempt.outcome === 'not-started' ? null : (attempt.failure?.closeCode ?? null),
  due_at_ms: ({ attempt }) => rounded(attempt.dueAtMs),
  started_at_ms: ({ attempt }) => (attempt.outcome === 'not-started' ? null : rounded(attempt.startedAtMs)),
  start_lag_ms: ({ attempt }) =>
    attempt.outcome === 'not-started' ? null : span(attempt.dueAtMs, attempt.startedAtMs),
  connect_time_ms: opened((attempt) => span(attempt.startedAtMs, attempt.openedAtMs)),
  tcp_connected_ms: opened((attempt) => span(attempt.startedAtMs, attempt.tcpConnectedAtMs)),
  tls_done_ms: opened((attempt) => span(attempt.startedAtMs, attempt.tlsDoneAtMs)),
  first_message_ms: opened((attempt) => span(attempt.openedAtMs, attempt.firstMessageAtMs)),
  ready_ms: opened((attempt) => span(attempt.startedAtMs, attempt.readyAtMs)),
  open_for_ms: opened((attempt) => span(attempt.openedAtMs, attempt.closedAtMs)),
  failed_after_ms: ({ attempt }) =>
    attempt.outcome === 'failed' ? span(attempt.startedAtMs, attempt.failedAtMs) : null,
  messages_received: opened((attempt) => attempt.messagesReceived),
  bytes_received: opened((attempt) => attempt.bytesReceived),
  stable: opened((attempt) => attempt.stable),
  detail: ({ attempt }) => {
    const detail = attempt.outcome === 'not-started' ? null : (attempt.failure?.detail ?? null);
    return detail === null ? null : text(detail);
  },
};

/** The header of the CSV. */
export const csvColumns: readonly string[] = Object.keys(columns);

const parseAttempt = (line: string): { readonly attempt: AttemptLine } | { readonly problem: string } => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'it is no JSON, or cut off' };
  }
  const { data, error } = attemptLineSchema.safeParse(value);
  return data === undefined ? { problem: firstProblem(error) } : { attempt: data };
};

async function* rows(sources: readonly CsvSource[]): AsyncGenerator<Cell[]> {
  for (const { record, attemptsFile } of sources) {
    let number = 0;
    for await (const line of readLines(attemptsFile)) {
      number += 1;
      if (line === '') continue;
      const parsed = parseAttempt(line);
      if ('problem' in parsed) {
        throw new Error(`${attemptsFile}, line ${String(number)} is no attempt: ${parsed.problem}`);
      }
      yield Object.values(columns).map((read) => read({ record, attempt: parsed.attempt }));
    }
  }
}

/**
 * Writes one row for each attempt (RFC 4180), read and written line by line; formulas are defused.
 * @throws Error when a file of attempts can not be read, or holds something else.
 */
export const writeCsv = async (output: Writable, sources: readonly CsvSource[]): Promise<void> => {
  const toCsv = stringify({
    header: true,
    columns: [...csvColumns],
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { boolean: (value) => (value ? 'true' : 'false') },
  });
  await pipeline(Readable.from(rows(sources), { highWaterMark: 64 }), toCsv, output);
};
