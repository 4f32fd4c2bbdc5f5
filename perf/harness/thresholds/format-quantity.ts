import type { Unit } from '../metrics/metric.ts';

const bytesPerKib = 1_024;

const formatBytes = (bytes: number): string => {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let position = 0;
  while (Math.abs(value) >= bytesPerKib && position < units.length - 1) {
    value /= bytesPerKib;
    position += 1;
  }
  return `${value.toFixed(position === 0 ? 0 : 2)} ${units[position] ?? ''}`;
};

/** 1,999 of 2,000 is not 100 %, and 1 of 10,000 is not 0 %: as many digits as it takes to tell. */
const formatRatio = (ratio: number): string => {
  for (let digits = 1; digits < 6; digits += 1) {
    const text = (ratio * 100).toFixed(digits);
    const shown = Number(text);
    if ((shown !== 100 || ratio === 1) && (shown !== 0 || ratio === 0)) return `${text} %`;
  }
  return `${String(ratio * 100)} %`;
};

const formatMs = (ms: number): string => {
  if (Math.abs(ms) >= 1_000) return `${(ms / 1_000).toFixed(3)} s`;
  return `${ms.toFixed(Math.abs(ms) >= 100 ? 0 : Math.abs(ms) >= 1 ? 1 : 3)} ms`;
};

/** Averages and rates may have a fraction; numbers of things do not. */
const formatNumber = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1));

/** A quantity as people read it: `12.3 ms`, `1.234 s`, `98.0 %`, `1.50 MiB/s`; `no data` for null. */
export const formatQuantity = (value: number | null, unit: Unit): string => {
  if (value === null) return 'no data';
  switch (unit) {
    case 'ms':
      return formatMs(value);
    case 'ratio':
      return formatRatio(value);
    case 'bytes':
      return formatBytes(value);
    case 'bytes/s':
      return `${formatBytes(value)}/s`;
    case 'connections':
      return `${String(value)} connections`;
    case 'count':
      return formatNumber(value);
    case 'messages/s':
      return `${formatNumber(value)} messages/s`;
    default:
      return unit satisfies never;
  }
};
