/** Some connections of a load stop reading for a while, as a program that hangs does. Plain data. */
export interface SlowReaders {
  /** One connection in so many: of 100 the last of each hundred, in the order of the plan. */
  readonly oneIn: number;
  /** When they stop, in ms since the start of the load; those that open later read like all others. */
  readonly stopAtMs: number;
  /** How long they do not read. */
  readonly forMs: number;
}

/** Whether connection `index` is one of those; without slow readers none is. */
export const isSlowReader = (slowReaders: SlowReaders | undefined, index: number): boolean =>
  slowReaders !== undefined && index % slowReaders.oneIn === slowReaders.oneIn - 1;
