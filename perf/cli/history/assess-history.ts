import type { HistoryFilter } from '../../reports/history/history-rows.ts';
import { filterRecords } from '../../reports/history/history-rows.ts';
import { assessSeries, type AssessedSeries } from '../../tracking/history/assess-series.ts';
import type { HistoryRecord } from '../../tracking/history/history-record.ts';
import { currentSeries, seriesOf, type Series } from '../../tracking/history/series.ts';

const isWanted = (series: Series, { scenario, metric, wantsAll }: HistoryFilter): boolean => {
  if (scenario !== null && series.scenario !== scenario) return false;
  return metric === null ? series.isJudged || wantsAll : series.metric === metric;
};

/** The current series of the quantities that a filter wants, each with what its newest points say. */
export const assessHistory = (
  records: readonly HistoryRecord[],
  filter: HistoryFilter,
): readonly AssessedSeries[] =>
  currentSeries(seriesOf(filterRecords(records, filter)))
    .filter((series) => isWanted(series, filter))
    .map((series) => assessSeries(series, records));
