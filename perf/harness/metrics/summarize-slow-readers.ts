import type { OpenedAttempt } from '../connection/attempt.ts';
import { catchUpWithinMs } from '../load/slow-reader.ts';
import { slowReadersClosed, slowReadersSettled } from './catalogue.ts';
import type { Summary } from './samples.ts';

/** What became of the connections that stopped reading; nothing where none was to. */
export const summarizeSlowReaders = (opened: readonly OpenedAttempt[]): Summary => {
  const readings = opened.flatMap(({ slowReading }) => slowReading ?? []);
  if (readings.length === 0) return {};
  const decided = readings.filter(({ state }) => state !== 'never-stopped' && state !== 'undecided');
  const closed = decided.filter(({ state }) => state === 'closed').length;
  const caughtUp = decided.filter(
    (one) => one.state === 'caught-up' && one.caughtUpAtMs - one.readAgainAtMs <= catchUpWithinMs,
  ).length;
  const total = decided.length;
  return {
    [slowReadersSettled.name]: { kind: 'rate', hits: closed + caughtUp, total },
    [slowReadersClosed.name]: { kind: 'rate', hits: closed, total },
  };
};
