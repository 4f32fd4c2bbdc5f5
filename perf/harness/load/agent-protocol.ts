import type { AgentProgress, AgentResult } from './agent-result.ts';
import type { LoadPlan, Share } from './plan.ts';

/** What the coordinator says to an agent. */
export type ToAgent =
  | {
      readonly type: 'start';
      readonly plan: LoadPlan;
      readonly share: Share;
      readonly startAtEpochMs: number;
    }
  /** End early and send what there is. */
  | { readonly type: 'stop' };

/** What an agent says to the coordinator. */
export type FromAgent =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: AgentProgress }
  /** The hold is over and the connections are still open: the moment to compare counts with the server. */
  | { readonly type: 'result'; readonly result: AgentResult };
