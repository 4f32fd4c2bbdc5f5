/** Windows of one length that begin one step after another; both are whole slots. */
export interface SlidingWindow {
  readonly lengthMs: number;
  readonly stepMs: number;
  /** A window with fewer samples is not judged, and counted as left out. */
  readonly minimumSamples: number;
}
