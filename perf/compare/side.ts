/** The two servers of a comparison: `base` is what was, `head` what is proposed. */
export const sides = ['base', 'head'] as const;

/** One of the two servers. */
export type Side = (typeof sides)[number];

/** Something of each of the two. */
export type PerSide<Value> = Readonly<Record<Side, Value>>;

/** Makes something for each side. */
export const perSide = <Value>(make: (side: Side) => Value): PerSide<Value> => ({
  base: make('base'),
  head: make('head'),
});
