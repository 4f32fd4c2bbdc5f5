import type { Failure } from './failure.ts';
import type { OpenedSocket } from './opened-socket.ts';

/** When each phase of an opening ended; null where it did not happen. */
export interface OpeningPhases {
  readonly startedAtMs: number;
  readonly dnsResolvedAtMs: number | null;
  readonly tcpConnectedAtMs: number | null;
  readonly tlsDoneAtMs: number | null;
}

/** What came of one opening. */
export type Opening = { readonly phases: OpeningPhases } & (
  | { readonly outcome: 'opened'; readonly openedAtMs: number; readonly socket: OpenedSocket }
  | { readonly outcome: 'failed'; readonly failedAtMs: number; readonly failure: Failure }
);
