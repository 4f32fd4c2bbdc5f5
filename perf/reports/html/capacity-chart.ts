import type { CapacityRecord } from '../../harness/record/run-record.ts';
import { capacityLine } from '../capacity-lines.ts';
import type { Chart } from './chart.ts';

/** The curve of a capacity search: what each level took, with the last level that held and the first that did not. */
export const capacityChart = (capacity: CapacityRecord): Chart | null => {
  const levels = capacity.levels.toSorted((a, b) => a.connections - b.connections);
  if (levels.length === 0) return null;
  const { highestGood } = capacity;
  const firstBad = levels.find(({ outcome }) => outcome === 'broken')?.connections;
  return {
    id: 'capacity',
    title: 'What each level took',
    summary: `${capacityLine(capacity)}.`,
    x: { label: 'connections', format: 'count', from: 0 },
    y: [
      { label: 'average connect time', format: 'ms', from: 0 },
      { label: 'successful', format: 'ratio', from: 0, until: 1 },
    ],
    at: levels.map(({ connections }) => connections),
    series: [
      {
        label: 'average connect time',
        values: levels.map(({ meanConnectTimeMs }) => meanConnectTimeMs),
        color: 1,
        draw: 'line',
      },
      {
        label: 'successful (right)',
        values: levels.map(({ counts }) =>
          counts.attempted === 0 ? null : counts.successful / counts.attempted,
        ),
        color: 3,
        draw: 'dashes',
        axis: 1,
      },
    ],
    marks: [
      ...(highestGood === null
        ? []
        : [
            {
              at: highestGood,
              text: capacity.limitedByTest
                ? `${String(highestGood)} held, the last level`
                : `knee: ${String(highestGood)} held`,
            },
          ]),
      ...(firstBad === undefined ? [] : [{ at: firstBad, text: `${String(firstBad)} did not` }]),
    ],
  };
};
