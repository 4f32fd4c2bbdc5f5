import type { AgentProgress, AgentResult } from './agent-result.ts';
import type { Stage } from './meeting-point.ts';
import type { LoadPlan, Share } from './plan.ts';

/** What the coordinator says to an agent. */
export type ToAgent =
  /** Make everything ready for this share; nothing is dialled yet. */
  | { readonly type: 'prepare'; readonly plan: LoadPlan; readonly share: Share }
  /** Drive the share; 0 on the load's clock is this moment of the machine's clock, the same for all agents. */
  | { readonly type: 'start'; readonly startAtMachineMs: number }
  /** All agents have reached this stage. */
  | { readonly type: 'go-on'; readonly stage: Stage }
  /** End early and send what there is. */
  | { readonly type: 'stop' };

/** What an agent says to the coordinator. */
export type FromAgent =
  | { readonly type: 'ready' }
  /** Waits at this stage for the other agents. */
  | { readonly type: 'reached'; readonly stage: Stage }
  | { readonly type: 'progress'; readonly progress: AgentProgress }
  | { readonly type: 'result'; readonly result: AgentResult };
