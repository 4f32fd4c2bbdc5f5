import type { OpenedTarget, OpenOptions } from '../../fixtures/targets/index.ts';

/** One of the two servers to compare, built and ready to be started again and again. */
export interface Contestant {
  /** For people: `base a1b2c3d (main)`, `image shop:1.4`. Never holds a token. */
  readonly label: string;
  /** The commit that it was built from; null where it is none of this repository's, or was changed since. */
  readonly commit: string | null;
  /** SHA-256 of what was built of it; absent where it was not built here. */
  readonly contentHash?: string;
  /** False where it runs elsewhere: every block then meets the same processes. */
  readonly canRestart: boolean;
  /** Starts it afresh. */
  readonly open: (options: OpenOptions) => Promise<OpenedTarget>;
}
