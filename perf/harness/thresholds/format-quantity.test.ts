import { expect, test } from 'vitest';
import { formatQuantity } from './format-quantity.ts';

test.for([
  [null, 'ms', 'no data'],
  [0.1234, 'ms', '0.123 ms'],
  [1, 'ms', '1.0 ms'],
  [99.94, 'ms', '99.9 ms'],
  [712.4, 'ms', '712 ms'],
  [1_000, 'ms', '1.000 s'],
  [0, 'ratio', '0.0 %'],
  [0.00001, 'ratio', '0.001 %'],
  [0.98, 'ratio', '98.0 %'],
  [0.9995, 'ratio', '99.95 %'],
  [1, 'ratio', '100.0 %'],
  [1_023, 'bytes', '1023 B'],
  [1_024, 'bytes', '1.00 KiB'],
  [-1_572_864, 'bytes/s', '-1.50 MiB/s'],
  [12, 'count', '12'],
  [61.04, 'count', '61.0'],
  [402.26, 'messages/s', '402.3 messages/s'],
  [110, 'connections', '110 connections'],
] as const)('%s %s reads "%s"', ([value, unit, text]) => {
  expect(formatQuantity(value, unit)).toBe(text);
});
