import { alertKinds, type AlertRule } from './alert-rules.ts';
import { calm, judgeAlert, type AlertState } from './judge-alert.ts';
import type { AlertName, MonitorLook, MonitorSample } from './monitor-sample.ts';

type Change = MonitorSample['changes'][number];

const msPerSecond = 1_000;

const figure = (value: number, unit: string): string =>
  Number.isFinite(value) ? `${String(Number(value.toPrecision(3)))} ${unit}` : 'failed';

const describe = (rule: AlertRule, change: Change['change'], value: number): string => {
  const { unit, what } = alertKinds[rule.alert];
  const held = rule.forMs === 0 ? '' : ` for ${String(rule.forMs / msPerSecond)} s`;
  if (unit === null) return change === 'raised' ? `${what}${held}` : `over: ${what}`;
  const limit =
    change === 'raised'
      ? `above ${figure(rule.raiseAbove, unit)}${held}`
      : `below ${figure(rule.clearBelow, unit)} again`;
  return `${what} ${figure(value, unit)}, ${limit}`;
};

/** All alerts of a monitor, judged by one look after another. */
export class AlertBoard {
  readonly #rules: readonly AlertRule[];
  readonly #states = new Map<AlertName, AlertState>();

  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules;
  }

  /** The look with the alerts that it raised and cleared, and those that stand after it. */
  judge(look: MonitorLook): MonitorSample {
    const atMs = look.elapsedSeconds * msPerSecond;
    const changes: Change[] = [];
    for (const rule of this.#rules) {
      const before = this.#states.get(rule.alert) ?? calm;
      const value = alertKinds[rule.alert].valueOf(look);
      const after = judgeAlert(rule, before, value, atMs);
      this.#states.set(rule.alert, after);
      if (value === null || (before.kind === 'raised') === (after.kind === 'raised')) continue;
      const change = after.kind === 'raised' ? 'raised' : 'cleared';
      changes.push({ alert: rule.alert, change, text: describe(rule, change, value) });
    }
    const raised = this.#rules
      .filter(({ alert }) => this.#states.get(alert)?.kind === 'raised')
      .map(({ alert }) => alert);
    return { ...look, changes, raised };
  }
}
