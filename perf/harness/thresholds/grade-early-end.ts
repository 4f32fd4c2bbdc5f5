import * as metrics from '../metrics/catalogue.ts';
import type { Grade } from './grade.ts';
import { gradeBy, gradeRun, guideBenchmarks, type GradedRun } from './grade-run.ts';
import { whyLost, type Outlook } from './outlook.ts';
import { above, atLeast, below, type Threshold } from './threshold.ts';

/** What the guide calls good, by the indicator's name. */
const goodLimits: Readonly<Record<string, Threshold>> = {
  'Connection Time': below(metrics.connectTime, 'mean', guideBenchmarks.goodMeanConnectTimeMs),
  'Success Rate': above(metrics.connectSuccess, 'ratio', guideBenchmarks.goodSuccessRatio),
  'Stable Connections': above(metrics.stableConnections, 'ratio', guideBenchmarks.goodSuccessRatio),
  'Message Reception': atLeast(metrics.initialMessages, 'ratio', 1),
};

/**
 * Grades a load that was ended early by the indicators that the rest of it could not have made good any more, each as it
 * stood when the load was ended. What could still have become good, or bad, says nothing: such a load is never good.
 */
export const gradeEarlyEnd = (run: GradedRun, outlook: Outlook): Grade => {
  const { indicators } = gradeRun(run);
  const lost = indicators.filter(({ name }) => {
    const good = goodLimits[name];
    return good !== undefined && whyLost(good, outlook) !== null;
  });
  return gradeBy(
    lost.map(({ name, grade, text }) => ({ name, grade, text: `${text}, when the load was ended` })),
  );
};
