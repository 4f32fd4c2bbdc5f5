import {
  above,
  atLeast,
  below,
  connectSuccess,
  connectTime,
  initialMessages,
  msFromSeconds,
  stableConnections,
  type Target,
  type Threshold,
} from './scenario.ts';

/** The guide's good performance indicators, as promises about a run on this target. */
export const guidePromises = (target: Target): Threshold[] => [
  below(connectTime, 'mean', msFromSeconds(0.5)),
  above(connectSuccess, 'ratio', 0.95),
  above(stableConnections, 'ratio', 0.95),
  // `--initial-messages 0` says that the endpoint sends none.
  ...(target.initialMessages.count === 0 ? [] : [atLeast(initialMessages, 'ratio', 1)]),
];
