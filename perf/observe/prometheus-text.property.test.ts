import { array, assert, asyncProperty, constantFrom, dictionary, double, string, tuple } from 'fast-check';
import { Gauge, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { parsePrometheusText } from './prometheus-text.ts';

const labelNames = ['a', 'b_1', 'le'];
const series = tuple(
  dictionary(constantFrom(...labelNames), string({ unit: 'binary', maxLength: 12 })),
  double({ noNaN: false }),
);

test('whatever prom-client writes is read back, any text in its labels and any figure', async () => {
  await assert(
    asyncProperty(array(series, { maxLength: 5 }), async (written) => {
      const registry = new Registry();
      const gauge = new Gauge({ name: 'a_gauge', help: 'x', labelNames, registers: [registry] });
      for (const [labels, value] of written) gauge.set(labels, value);
      const { values } = await gauge.get();
      const read = parsePrometheusText(await registry.metrics());
      expect(read).toEqual(
        values.map(({ labels, value }) => ({
          name: 'a_gauge',
          labels: { ...labels },
          value: value === 0 ? 0 : value,
        })),
      );
    }),
    { numRuns: 300 },
  );
});

test('time stamps, comments, blank lines and spaces between are passed over', () => {
  const text =
    '# HELP a b\n\n# TYPE a gauge\na{ x="1" , y = "2", } 5 1395066363000\r\nb\t+Inf\nc{} -1.5e3\nd NaN\n';
  expect(parsePrometheusText(text)).toEqual([
    { name: 'a', labels: { x: '1', y: '2' }, value: 5 },
    { name: 'b', labels: {}, value: Number.POSITIVE_INFINITY },
    { name: 'c', labels: {}, value: -1_500 },
    { name: 'd', labels: {}, value: Number.NaN },
  ]);
});

test.each(['<html></html>', 'a', 'a{ 1', 'a{x=1} 1', 'a one', '1a 1', 'a 0x10', '{"a":1}'])(
  '%s is no answer of a server with metrics',
  (text) => {
    expect(parsePrometheusText(`good 1\n${text}\n`)).toBeNull();
  },
);
