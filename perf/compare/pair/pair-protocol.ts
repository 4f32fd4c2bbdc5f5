import type { Dial } from '../../harness/connection/dial.ts';
import type { PerSide, Side } from '../side.ts';
import type { SideOperations, Stretch } from './alternate.ts';
import type { OperationPlan } from './operation.ts';
import type { SlicePlan } from './round-trip-slice.ts';

/** Both servers of a block, as the process that operates on them has to know them; plain data. */
export interface PairServers {
  /** Operation `n` on a side uses `dials[n % dials.length]`. */
  readonly dials: PerSide<readonly Dial[]>;
  readonly plans: PerSide<OperationPlan>;
  /** Of every order that is drawn in the block. */
  readonly seed: number;
}

/** What the coordinator asks that process for, one thing at a time. */
export type PairRequest =
  | { readonly type: 'meet'; readonly servers: PairServers }
  | { readonly type: 'alternate'; readonly stretch: Stretch }
  | { readonly type: 'hold'; readonly side: Side; readonly connections: number }
  | { readonly type: 'release' }
  | { readonly type: 'slice'; readonly side: Side; readonly plan: SlicePlan };

/** How often it says that it is at work, while there is nothing to answer yet, ms. */
export const aliveEveryMs = 10_000;

/** What it answers. */
export type PairReply =
  | { readonly type: 'alive' }
  | { readonly type: 'ready' }
  | { readonly type: 'operations'; readonly operations: PerSide<SideOperations> }
  | { readonly type: 'held'; readonly connections: number }
  | { readonly type: 'slice'; readonly roundTripsPerSecond: number | null };
