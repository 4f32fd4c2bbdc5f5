/** What a caller may branch on; perf/cli/README.md lists each with its remedy. */
export type HarnessErrorCode =
  'PLAN_INVALID' | 'LOCAL_LIMIT' | 'AGENT_DIED' | 'RUN_OUT_OF_TIME' | 'RECORD_INVALID' | 'RECORD_NOT_WRITTEN';

/** The suite was misused, or this machine could not carry out the load: never something the endpoint did. */
export class HarnessError extends Error {
  readonly code: HarnessErrorCode;

  constructor(code: HarnessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HarnessError';
    this.code = code;
  }
}
