import type { Contestant } from '../contestant.ts';
import type { PerSide } from '../side.ts';

/** Both servers, built: what was built is removed with the disposal. */
export interface Prepared extends AsyncDisposable {
  readonly contestants: PerSide<Contestant>;
  readonly notices: readonly string[];
}

/** What preparing needs to know, and how it is stopped. */
export interface PrepareOptions {
  /** Where the comparison was started. */
  readonly directory: string;
  readonly logDirectory: string;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}
