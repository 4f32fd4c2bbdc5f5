/** As many points as a chart can show; four a second for a day would be 345,600. */
const mostPoints = 1_200;

/** Of points in the order of time at most 1,200: the first and the last, and of each stretch between them the lowest and the highest. */
export const thinSeries = <Point extends object>(
  series: readonly Point[],
  heightOf: (point: Point) => number,
): readonly Point[] => {
  const [first, ...rest] = series;
  const last = rest.pop();
  if (first === undefined || last === undefined || series.length <= mostPoints) return series;
  const stretches = mostPoints / 2 - 1;
  const thinned = [first];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = Math.floor((stretch * rest.length) / stretches);
    const until = Math.floor(((stretch + 1) * rest.length) / stretches);
    const heights = rest.slice(from, until).map(heightOf);
    const lowest = heights.indexOf(heights.reduce((a, b) => Math.min(a, b)));
    const highest = heights.indexOf(heights.reduce((a, b) => Math.max(a, b)));
    const kept = lowest === highest ? [lowest] : [Math.min(lowest, highest), Math.max(lowest, highest)];
    thinned.push(...kept.flatMap((position) => rest.slice(from + position, from + position + 1)));
  }
  return [...thinned, last];
};
