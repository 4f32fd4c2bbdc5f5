/** How much is measured. */
export interface BenchForm {
  readonly name: 'short' | 'normal' | 'long';
  /** How often each pair of ours and naive is measured, where nothing else is said; figures are medians over them. */
  readonly sittings: number;
  /** Numbers of connections at which the truth of the connect time is measured, and how often. */
  readonly accuracy: { readonly at: readonly number[]; readonly sittings: number };
  /** Numbers of connections at which the cost of opening is measured; memory at the largest. */
  readonly openingAt: readonly number[];
  /** The warm-up counts from the first dial on, and covers the opening. */
  readonly echo: { readonly connections: number; readonly warmUpMs: number; readonly windowMs: number };
  /** Numbers of connections held by all agents together, how often, and how many agents; `auto`: as a load has them. */
  readonly scale: {
    readonly at: readonly number[];
    readonly sittings: number;
    readonly agents: 'auto' | number;
  };
  readonly paced: { readonly connections: number; readonly everyMs: number; readonly durationMs: number };
}

/** The forms of the benchmark: `short` only shows that it works. */
export const benchForms: Readonly<Record<BenchForm['name'], BenchForm>> = Object.freeze({
  short: {
    name: 'short',
    sittings: 1,
    accuracy: { at: [200], sittings: 1 },
    openingAt: [200, 2_000],
    scale: { at: [200, 2_000], sittings: 1, agents: 2 },
    echo: { connections: 100, warmUpMs: 1_000, windowMs: 500 },
    paced: { connections: 100, everyMs: 100, durationMs: 1_000 },
  },
  normal: {
    name: 'normal',
    sittings: 3,
    accuracy: { at: [200, 1_000, 5_000], sittings: 4 },
    openingAt: [1_000, 5_000, 10_000],
    scale: { at: [1_000, 10_000, 50_000], sittings: 2, agents: 'auto' },
    echo: { connections: 100, warmUpMs: 2_000, windowMs: 4_000 },
    paced: { connections: 100, everyMs: 100, durationMs: 4_000 },
  },
  long: {
    name: 'long',
    sittings: 7,
    accuracy: { at: [200, 1_000, 5_000, 10_000], sittings: 7 },
    openingAt: [1_000, 5_000, 10_000],
    scale: { at: [1_000, 10_000, 50_000], sittings: 3, agents: 'auto' },
    echo: { connections: 100, warmUpMs: 2_000, windowMs: 4_000 },
    paced: { connections: 100, everyMs: 100, durationMs: 10_000 },
  },
});

/** The parts of the benchmark, in the order they are measured. */
export const benchParts = ['accuracy', 'opening', 'messages', 'scale'] as const;

/** One part of the benchmark, which can be measured without the others. */
export type BenchPart = (typeof benchParts)[number];
