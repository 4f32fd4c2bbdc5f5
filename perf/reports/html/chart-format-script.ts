/** The part of the page's script that writes values as people read them: `show(axis, value, isTick)`. */
export const chartFormatScript = `
const trim = (value, digits) => String(Number(value.toPrecision(digits)));
const milliseconds = (value) => {
  if (Math.abs(value) >= 1e3) return trim(value / 1e3, 4) + ' s';
  return (Math.abs(value) >= 100 ? trim(value, 4) : trim(value, 3)) + ' ms';
};
const bytes = (value) => {
  const names = ['B', 'KiB', 'MiB', 'GiB'];
  let power = 0;
  while (Math.abs(value) >= 1024 && power < 3) { value /= 1024; power += 1; }
  return trim(value, 4) + ' ' + names[power];
};
const nines = (value) => {
  const percentile = 100 * (1 - 10 ** -value);
  return 'p' + trim(percentile, Math.max(3, Math.ceil(value) + 2));
};
const count = (value) => Math.abs(value) >= 1e4 ? value.toLocaleString('en') : trim(value, 6);
const writers = {
  ms: milliseconds, bytes, nines, count,
  seconds: (value) => trim(value, 4) + ' s',
  'per-second': (value) => count(Number(value.toPrecision(4))) + '/s',
  ratio: (value) => trim(value * 100, 4) + ' %',
  'log-ratio': (value) => {
    const percent = Math.abs(Math.expm1(value) * 100).toFixed(1);
    return (percent === '0.0' ? '' : value < 0 ? '\\u2212' : '+') + percent + ' %';
  },
};
const show = (axis, value, isTick = false) => {
  if (value === null || value === undefined) return '\\u2013';
  if (axis.format === 'name') return axis.names[value] === undefined ? '' : isTick ? axis.names[value].split(' ').at(-1) : axis.names[value];
  if (axis.format === 'unit') return trim(value, 4) + (axis.unit ? ' ' + axis.unit : '');
  return writers[axis.format](value);
};
`;
