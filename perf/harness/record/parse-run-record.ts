import { parseVersioned, type Reading, type VersionedLayout } from './parse-versioned.ts';
import { runRecordSchema, runRecordVersion, type RunRecord } from './run-record.ts';

/** The layout of a run's record. */
export const runRecordLayout: VersionedLayout<RunRecord> = {
  name: 'ws-perf-gate/run',
  version: runRecordVersion,
  schema: runRecordSchema,
};

/** Reads the text of a run's record, which may come from anywhere. */
export const parseRunRecord = (text: string): Reading<RunRecord> => parseVersioned(text, [runRecordLayout]);
