/** The part of the page's script that decides how far an axis reaches and where its ticks stand. */
export const chartScaleScript = `
const evenTicks = (low, high, most) => {
  const step = [1, 2, 2.5, 5, 10, 20].map((nice) => nice * 10 ** Math.floor(Math.log10((high - low) / 4)))
    .find((nice) => (high - low) / nice <= most) || high - low;
  const ticks = [];
  for (let tick = Math.ceil(low / step); tick * step <= high; tick += 1) ticks.push(Number((tick * step).toPrecision(6)));
  return ticks;
};

const logTicks = (low, high, most) => {
  const decades = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) decades.push(10 ** power);
  const within = (ticks) => ticks.filter((tick) => tick >= low * .999 && tick <= high * 1.001);
  const fine = within(decades.flatMap((decade) => [decade, 2 * decade, 5 * decade]));
  if (fine.length > most) return within(decades);
  if (fine.length > 2) return fine;
  return evenTicks(low, high, Math.max(3, most));
};

const rangeOf = (axis, isVertical) => (_u, dataLow, dataHigh) => {
  let low = Math.min(dataLow ?? Infinity, axis.from ?? Infinity);
  let high = Math.max(dataHigh ?? -Infinity, axis.until ?? -Infinity);
  if (!(low <= high)) [low, high] = axis.scale === 'log' ? [1, 10] : [0, 1];
  if (axis.scale === 'log') {
    if (!isVertical) return low === high ? [low / 2, high * 2] : [low, high];
    const room = Math.max(1.05, (high / low) ** .06);
    return [low / room, high * room];
  }
  if (!isVertical) return low === high ? [low - .5, high + .5] : axis.format === 'name' ? [low - .5, high + .5] : [low, high];
  const room = (high - low || Math.abs(high) || 1) * .08;
  return [low === 0 || axis.from === low ? low : low - room, axis.until === high && axis.from !== high ? high : high + room];
};
`;
