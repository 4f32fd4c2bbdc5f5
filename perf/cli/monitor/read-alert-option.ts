import { alertKinds } from '../../monitor/alert-rules.ts';
import type { AlertThresholds } from '../../monitor/monitor-file.ts';
import { alertName, type AlertName } from '../../monitor/monitor-sample.ts';

const number = /^(?:\d+(?:\.\d*)?|\.\d+)$/u;

const readThresholds = (alert: AlertName, text: string): AlertThresholds | null => {
  if (text === 'off') return false;
  const parts = text.split(':');
  // A part left out keeps what it is.
  if (text === '' || parts.length > 3 || !parts.every((part) => part === '' || number.test(part)))
    return null;
  const [first, second, third] = parts.map((part) => (part === '' ? undefined : Number(part)));
  if (alertKinds[alert].unit === null) return parts.length === 1 ? { forSeconds: first } : null;
  return { raiseAbove: first, forSeconds: second, clearBelow: third };
};

/** The thresholds that `--alert name=RAISE:FOR:CLEAR` sets, by alert. */
export const readAlertOptions = (
  given: readonly string[],
  problems: string[],
): Readonly<Partial<Record<AlertName, AlertThresholds>>> => {
  const thresholds: Partial<Record<AlertName, AlertThresholds>> = {};
  for (const option of given) {
    const [name = '', text = ''] = option.split(/=(.*)/su);
    const alert = alertName.safeParse(name);
    if (!alert.success) {
      problems.push(`--alert names "${name}", but must name one of ${alertName.options.join(', ')}.`);
      continue;
    }
    const read = readThresholds(alert.data, text);
    if (read === null) {
      const form = alertKinds[alert.data].unit === null ? 'FOR' : 'RAISE:FOR:CLEAR';
      problems.push(
        `--alert ${name}= is "${text}", but must be ${form} in numbers, or off. See --help for the units.`,
      );
    } else if (alert.data in thresholds) {
      problems.push(`--alert ${name} is given twice. Leave one out.`);
    } else thresholds[alert.data] = read;
  }
  return thresholds;
};
