import { createReadStream, createWriteStream } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { OpenedAttempt } from '../harness/connection/attempt.ts';
import type { AttemptLine } from '../harness/record/attempt-line.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import { printableLine } from './printable.ts';
import type { Redact } from '../harness/record/redact.ts';
import type { SessionResult } from './session-result.ts';

type Cell = string | number | boolean | null;

interface Row {
  readonly record: RunRecord;
  readonly attempt: AttemptLine;
  readonly redact: Redact;
}

const opened =
  (read: (attempt: OpenedAttempt) => Cell) =>
  ({ attempt }: Row): Cell =>
    attempt.outcome === 'opened' ? read(attempt) : null;

const span = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Number((to - from).toFixed(3));

const rounded = (ms: number): number => Number(ms.toFixed(3));

/** The columns of the CSV, in order; README documents each. Times in ms, points in time since the start of the run. */
const columns: Readonly<Record<string, (row: Row) => Cell>> = {
  scenario: ({ record }) => record.scenario.name,
  run_id: ({ record }) => record.runId,
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
  detail: ({ attempt, redact }) => {
    const detail = attempt.outcome === 'not-started' ? null : (attempt.failure?.detail ?? null);
    return detail === null ? null : redact(printableLine(detail));
  },
};

/** The header of the CSV. */
export const csvColumns: readonly string[] = Object.keys(columns);

async function* rows(session: SessionResult, redact: Redact): AsyncGenerator<Cell[]> {
  for (const { records, recordFiles } of session.scenarios) {
    for (const [index, record] of records.entries()) {
      const recordFile = recordFiles[index];
      if (record.attemptsFile === null || recordFile === undefined) continue;
      const file = join(dirname(recordFile), basename(record.attemptsFile));
      const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
      for await (const line of lines) {
        if (line === '') continue;
        const row: Row = { record, attempt: JSON.parse(line) as AttemptLine, redact };
        yield Object.values(columns).map((read) => read(row));
      }
    }
  }
}

/** Writes one row for each attempt of the session (RFC 4180), read and written line by line; formulas are defused. */
export const writeCsv = async (file: string, session: SessionResult, redact: Redact): Promise<void> => {
  const toCsv = stringify({
    header: true,
    columns: [...csvColumns],
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { boolean: (value) => (value ? 'true' : 'false') },
  });
  await pipeline(Readable.from(rows(session, redact)), toCsv, createWriteStream(file));
};
