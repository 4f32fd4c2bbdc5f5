/** Why a comparison could not be set up; each with its remedy in the message. */
export type CompareErrorCode =
  | 'NOT_A_REPOSITORY'
  | 'REQUEST_INVALID'
  | 'COMMIT_UNKNOWN'
  | 'NO_REFERENCE_SERVER'
  | 'CHECKOUT_FAILED'
  | 'DEPENDENCIES_FAILED'
  | 'SIDE_NOT_MEASURED'
  | 'OTHER_COMPARISON';

/** No comparison: a message for the user and a stable `code` for the caller. */
export class CompareError extends Error {
  override readonly name = 'CompareError';
  readonly code: CompareErrorCode;

  constructor(code: CompareErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
