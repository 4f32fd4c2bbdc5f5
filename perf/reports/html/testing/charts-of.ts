import type { Chart } from '../chart.ts';

/** What the script of a page draws. */
export const chartsOf = (page: string): readonly Chart[] => {
  const json = /<script type="application\/json" id="charts">(?<json>.*?)<\/script>/su.exec(page)?.groups?.[
    'json'
  ];
  if (json === undefined) throw new Error('The page has no data of charts.');
  return JSON.parse(json) as readonly Chart[];
};
