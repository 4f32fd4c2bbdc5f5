import { appendFile } from 'node:fs/promises';
import type { Colors } from 'picocolors/types.js';
import { redactSecrets, type Redact } from '../../harness/record/redact.ts';
import { secretsOf } from '../../harness/record/secrets-of.ts';
import { AlertBoard } from '../../monitor/alert-board.ts';
import type { MonitorSample, ProbeResult } from '../../monitor/monitor-sample.ts';
import { monitorServer } from '../../monitor/monitor-server.ts';
import { probeConnection } from '../../monitor/probe-connection.ts';
import { readServer } from '../../monitor/server-reading.ts';
import { chooseColors } from '../../reports/choose-colors.ts';
import { MonitorFooter } from '../../reports/monitor/monitor-footer.ts';
import { MonitorSummary } from '../../reports/monitor/monitor-summary.ts';
import { monitorRow, monitorTitles } from '../../reports/monitor/monitor-table.ts';
import { printableLine } from '../../reports/printable.ts';
import type { Terminal } from '../../reports/terminal.ts';
import { makeDial } from '../../session/make-dials.ts';
import { exitCodes } from '../exit-code.ts';
import { openTerminal } from '../open-terminal.ts';
import { printProblems } from '../print-problems.ts';
import type { Environment } from '../read-target.ts';
import { listenForStop } from '../stop-signals.ts';
import { AlertDeliveries } from './alert-deliveries.ts';
import type { MonitorPlan } from './read-monitor-plan.ts';

const longestAnswerMs = 5_000;
const shortestAnswerMs = 500;
const rowsPerTitle = 20;
/** What a probe keeps of a message is nothing; what is larger ends its connection, bytes. */
const maxMessageBytes = 64 * 2 ** 20;

const proberOf = (plan: MonitorPlan): ((signal: AbortSignal) => Promise<ProbeResult | null>) => {
  let opened = 0;
  return (signal) => {
    const token = plan.tokens.length === 0 ? null : (plan.tokens[opened % plan.tokens.length] ?? null);
    opened += 1;
    return probeConnection(
      makeDial(plan, token),
      { ...plan, maxMessageBytes },
      { expectsMessage: plan.expectsMessage, signal },
    );
  };
};

const alertLine = ({ alert, change, text }: MonitorSample['changes'][number]): string =>
  printableLine(`${change === 'raised' ? 'ALERT' : 'CLEARED'} ${alert}: ${text}`);

/** Where a monitor's looks go: the console, the file, the webhook. */
class MonitorOutlet {
  readonly #plan: MonitorPlan;
  readonly #terminal: Terminal;
  readonly #redact: Redact;
  readonly #colors: Colors;
  readonly #deliveries: AlertDeliveries | null;
  readonly #footer = new MonitorFooter();
  #rows = 0;
  /** Lines of the file that are missing in it. */
  linesLost = 0;

  constructor(plan: MonitorPlan, terminal: Terminal, redact: Redact, colors: Colors) {
    this.#plan = plan;
    this.#terminal = terminal;
    this.#redact = redact;
    this.#colors = colors;
    this.#deliveries =
      plan.webhook === null
        ? null
        : new AlertDeliveries(plan.webhook, (reason) => {
            this.#warn(`An alert could not be delivered to the webhook (${reason}).`);
          });
  }

  async take(sample: MonitorSample): Promise<void> {
    const titles = this.#rows % rowsPerTitle === 0 ? [this.#colors.bold(monitorTitles())] : [];
    this.#rows += 1;
    const row = monitorRow(sample);
    this.#terminal.print([
      ...titles,
      sample.server === 'away' ? this.#colors.red(row) : row,
      ...sample.changes.map((change) =>
        change.change === 'raised'
          ? this.#colors.red(alertLine(change))
          : this.#colors.green(alertLine(change)),
      ),
    ]);
    this.#terminal.redraw(this.#footer.lines(sample, this.#plan.httpUrl).map(this.#colors.dim));
    for (const change of sample.changes)
      this.#deliveries?.post(this.#redact(`ws-perf-gate, ${this.#plan.httpUrl}: ${alertLine(change)}`));
    await this.#append(sample);
  }

  async close(): Promise<void> {
    this.#terminal.clear();
    const pending = (await this.#deliveries?.finish()) ?? 0;
    if (pending > 0) this.#warn(`${String(pending)} alerts were not delivered to the webhook in time.`);
  }

  async #append(sample: MonitorSample): Promise<void> {
    const { output } = this.#plan;
    if (output === null) return;
    try {
      await appendFile(output, `${this.#redact(JSON.stringify(sample))}\n`);
    } catch (error) {
      if (this.linesLost === 0)
        this.#warn(`--output can not be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
      this.linesLost += 1;
    }
  }

  #warn(problem: string): void {
    this.#terminal.clear();
    printProblems([this.#redact(problem)]);
  }
}

/** 2 before 1, as for every command: nothing is known of a server that never answered, and what was lost can not be looked at. */
const exitCodeOf = (plan: MonitorPlan, summary: MonitorSummary, linesLost: number): number => {
  if (!summary.hasSeenAnything || linesLost > 0) return exitCodes.notMeasured;
  return plan.failsOnAlert && summary.hasAlerted ? exitCodes.broken : exitCodes.met;
};

/** Watches a server until the plan or Ctrl-C ends it, and returns the exit code. */
export const runMonitor = async (plan: MonitorPlan, environment: Environment): Promise<number> => {
  const { httpUrl, headers, certificateAuthority, intervalMs, probeEveryMs, webhook } = plan;
  const redact = redactSecrets([
    ...secretsOf({ ...plan, url: plan.webSocketUrl }),
    ...(webhook === null ? [] : [webhook]),
  ]);
  const terminal = openTerminal(redact, environment);
  const colors = chooseColors({
    isTerminal: process.stdout.isTTY,
    wanted: plan.wantsColors,
    environment,
  });
  const stopped = new AbortController();
  const signals = listenForStop(stopped, {
    stop: () => Promise.resolve(),
    force: () => Promise.resolve(),
    say: () => undefined,
  });
  const outlet = new MonitorOutlet(plan, terminal, redact, colors);
  const summary = new MonitorSummary();
  const board = new AlertBoard(plan.rules);
  const timeoutMs = Math.min(longestAnswerMs, Math.max(shortestAnswerMs, intervalMs));
  try {
    for await (const look of monitorServer({
      ...plan,
      read: () => readServer(httpUrl, { headers, certificateAuthority, timeoutMs }),
      probe: probeEveryMs === null ? null : { everyMs: probeEveryMs, open: proberOf(plan) },
      signal: stopped.signal,
    })) {
      const sample = board.judge(look);
      summary.add(sample);
      await outlet.take(sample);
    }
    await outlet.close();
    terminal.print(['', ...summary.lines()]);
    return exitCodeOf(plan, summary, outlet.linesLost);
  } finally {
    signals[Symbol.dispose]();
  }
};
