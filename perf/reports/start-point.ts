import type { TimelinePoint } from '../harness/record/run-record.ts';

/** Where every load begins. */
export const startPoint: TimelinePoint = Object.freeze({
  atMs: 0,
  started: 0,
  open: 0,
  failed: 0,
  failedAfterOpening: 0,
  messages: 0,
});
