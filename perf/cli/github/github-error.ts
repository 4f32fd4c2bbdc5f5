/** GitHub's API did not do what was asked; `isWorthRetrying` where it may, if asked again. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly isWorthRetrying: boolean;
  /** How long GitHub asks to wait; null: it does not say. */
  readonly waitMs: number | null;

  constructor(
    message: string,
    {
      isWorthRetrying,
      waitMs = null,
      cause,
    }: { isWorthRetrying: boolean; waitMs?: number | null; cause?: unknown },
  ) {
    super(message, { cause });
    this.isWorthRetrying = isWorthRetrying;
    this.waitMs = waitMs;
  }
}
