/** What a caller may branch on; perf/cli/README.md lists each with its remedy. */
export type HistoryErrorCode =
  | 'GIT_MISSING'
  | 'NOT_A_REPOSITORY'
  | 'REMOTE_UNAVAILABLE'
  | 'PUSH_REFUSED'
  | 'PUSH_OVERTAKEN'
  | 'GIT_FAILED';

/** The history could not be read or stored: wrong set-up, or a remote that does not let us. */
export class HistoryError extends Error {
  readonly code: HistoryErrorCode;

  constructor(code: HistoryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HistoryError';
    this.code = code;
  }
}
