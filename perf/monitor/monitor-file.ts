import { z } from 'zod';
import { alertKinds, defaultAlertRules, type AlertRule } from './alert-rules.ts';
import { alertName, type AlertName } from './monitor-sample.ts';

const seconds = z.number().min(0);

/** Thresholds of one alert in its own unit; `false` switches it off. */
const thresholds = z.union([
  z.literal(false),
  z.strictObject({
    raiseAbove: z.number().min(0).optional(),
    forSeconds: seconds.optional(),
    clearBelow: z.number().min(0).optional(),
  }),
]);

/** The file that `--config` takes. */
export const monitorFileSchema = z.strictObject({
  intervalSeconds: z.number().positive().optional(),
  probeSeconds: z.number().positive().optional(),
  /** Of how long the growth of memory is taken. */
  memoryWindowSeconds: z.number().positive().optional(),
  alerts: z.partialRecord(alertName, thresholds).optional(),
});

/** What a configuration file says. */
export type MonitorFile = z.infer<typeof monitorFileSchema>;

/** What was said of one alert, by the file or by an option; `false`: it is off. */
export type AlertThresholds = z.infer<typeof thresholds>;

const msPerSecond = 1_000;

/** The rule of one alert: what was said of it, over its own thresholds. Null: it is off. */
const alertRuleOf = (
  rule: AlertRule,
  said: AlertThresholds | undefined,
  problems: string[],
): AlertRule | null => {
  if (said === false) return null;
  if (said === undefined) return rule;
  const { alert } = rule;
  if (alertKinds[alert].unit === null && (said.raiseAbove ?? said.clearBelow) !== undefined) {
    problems.push(`The alert ${alert} has no threshold: it is so or not. Give forSeconds alone.`);
    return rule;
  }
  const raiseAbove = said.raiseAbove ?? rule.raiseAbove;
  // Who lowers the upper threshold alone does not want to be told of the lower one.
  const clearBelow = said.clearBelow ?? Math.min(rule.clearBelow, raiseAbove);
  if (clearBelow > raiseAbove)
    problems.push(
      `The alert ${alert} is raised above ${String(raiseAbove)}, but cleared below ${String(clearBelow)}. Clear it at or below where it is raised.`,
    );
  const forMs = said.forSeconds === undefined ? rule.forMs : said.forSeconds * msPerSecond;
  return { alert, raiseAbove, forMs, clearBelow };
};

/** The rules of all alerts that are on: options over the file over their own thresholds. */
export const alertRules = (
  file: MonitorFile,
  options: Readonly<Partial<Record<AlertName, AlertThresholds>>>,
  problems: string[],
): readonly AlertRule[] =>
  defaultAlertRules().flatMap((rule) => {
    const fromFile = alertRuleOf(rule, file.alerts?.[rule.alert], problems);
    const said = options[rule.alert];
    // An option that sets a threshold switches an alert on again that the file switched off.
    const chosen = said === undefined ? fromFile : alertRuleOf(fromFile ?? rule, said, problems);
    return chosen === null ? [] : [chosen];
  });
