/**
 * The limits past which a run is inconclusive, whatever its thresholds say. The unit is in each name; ratios are 0–1.
 * Those of the waits were set by openings at full speed against a 100 ms server, on two cores, idle and starved in
 * several ways, beside a side probe in a process of its own (`perf/bench/guard.long.test.ts`): they let all of 30 calm ones
 * pass, whose means were within 2 % of the probe's, and of 48 starved ones none of the 38 whose mean was off by more than
 * 3 % or whose p95 by more than 15 %.
 */
export const validityLimits = Object.freeze({
  /** Of the mean connect time; and the wait that is always allowed, as nothing finer is claimed. */
  openingWaitMeanRatio: 0.02,
  openingWaitMeanMs: 2,
  /** Of the connect time's p95; a system's scheduler gives the core away for up to 10 ms at a time. */
  openingWaitP95Ratio: 0.1,
  openingWaitP95Ms: 10,
  /** Of the p95 of what the server is asked while connections are open: round trips, steps, subscriptions. */
  answerWaitP95Ratio: 0.15,
  answerWaitP95Ms: 5,
  /** Of the p95 of the latency of quotes, or of the gap between messages where there is no such latency. */
  messageWaitP95Ratio: 0.15,
  messageWaitP95Ms: 10,
  /** Of the time with attempts in flight: the generator had work and no core. Above, the server is short of cores too. */
  coreWaitRatio: 0.25,
  /** That share of the mean connect time in ms: up to here it is not judged, as with the wait of answers. */
  coreWaitMs: 2,
  /** Of all cores' time: what the host of a virtual machine took away, which no process in it can see. */
  stealRatio: 0.05,
  gcPauseMs: 50,
  /** Of the time of an opening or a hold. */
  gcRatio: 0.15,
  /** Of one core: a paced load has reserves, or falls behind at the next disturbance. Not for a burst. */
  pacedCpuRatio: 0.9,
  startLagP95Ms: 100,
  /** Of several agents: a plan that is shared begins everywhere at once. */
  firstStartLagMs: 50,
  /** Of the planned rate. */
  achievedRateRatio: 0.95,
  /** Attempts started of those planned. */
  startedRatio: 1,
  /** Failures caused by this machine's own limits. */
  localLimitFailures: 0,
  /** Of the open files that a process may have. */
  openFilesRatio: 0.95,
  /** Of the local ports, where the system finds them: from two thirds on a connect was 1.5 ms slower on Linux 6.18. */
  localPortsRatio: 2 / 3,
  /** A stretch must last this long for its rates and its CPU to say anything, ms. */
  shortestJudgedMs: 500,
});
