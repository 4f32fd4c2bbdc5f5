/** One of the guide's benchmarks, as it applied to a run. */
export interface Indicator {
  /** `Connection Time`, as the guide heads it. */
  readonly name: string;
  /** In words, with figures: `average 0.245 s (good: < 0.5 s, warning sign: > 1 s)`. */
  readonly text: string;
  readonly grade: 'good' | 'warning' | 'poor';
}

/** The guide's judgement of a run: good when every indicator is met, poor when any warning sign shows, warning between. */
export interface Grade {
  readonly word: 'good' | 'warning' | 'poor' | 'not graded';
  readonly indicators: readonly Indicator[];
}
