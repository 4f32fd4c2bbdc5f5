import type { AlertName, MonitorSample } from '../../monitor/monitor-sample.ts';

const msPerSecond = 1_000;
const percent = 100;

/** What a monitor has seen in all; only sums are kept, so that it may run for weeks. */
export class MonitorSummary {
  #looks = 0;
  #up = 0;
  #away = 0;
  #elapsedSeconds = 0;
  #attempts = 0;
  #failed = 0;
  #highestOpen: number | null = null;
  #worstConnectMs: number | null = null;
  #probes = 0;
  #failedProbes = 0;
  readonly #raised = new Map<AlertName, number>();

  /** Whether any alert was raised, cleared since or not. */
  get hasAlerted(): boolean {
    return this.#raised.size > 0;
  }

  /** Whether the server said anything at all: an endpoint, a metric, or to a probe. */
  hasSeenAnything = false;

  add(sample: MonitorSample): void {
    const { server, elapsedSeconds, interval, open, probes, changes, process } = sample;
    this.#looks += 1;
    this.#up += server === 'up' ? 1 : 0;
    this.#away += server === 'away' ? 1 : 0;
    this.#elapsedSeconds = elapsedSeconds;
    this.#attempts += interval?.attempts ?? 0;
    this.#failed += interval?.failed ?? 0;
    if (open !== null) this.#highestOpen = Math.max(this.#highestOpen ?? 0, open);
    const connectMs = interval?.connectTimeMs?.mean;
    if (connectMs !== undefined) this.#worstConnectMs = Math.max(this.#worstConnectMs ?? 0, connectMs);
    this.#probes += probes.length;
    this.#failedProbes += probes.filter(({ outcome }) => outcome === 'failed').length;
    for (const { alert, change } of changes)
      if (change === 'raised') this.#raised.set(alert, (this.#raised.get(alert) ?? 0) + 1);
    this.hasSeenAnything ||=
      server === 'up' || process !== null || probes.some(({ outcome }) => outcome === 'opened');
  }

  /** The closing lines. */
  lines(): readonly string[] {
    const connect =
      this.#worstConnectMs === null
        ? ''
        : ` · worst interval’s connect ${(this.#worstConnectMs / msPerSecond).toFixed(3)} s`;
    const failed =
      this.#attempts === 0 ? '' : ` (${((this.#failed / this.#attempts) * percent).toFixed(1)} %)`;
    const raised = [...this.#raised].map(([alert, times]) => `${alert} ×${String(times)}`).join(', ');
    return [
      `Watched for ${this.#elapsedSeconds.toFixed(0)} s: ${String(this.#looks)} looks, ${String(this.#up)} answered, ${String(this.#away)} away`,
      `Attempts ${String(this.#attempts)}, failed ${String(this.#failed)}${failed} · most open at a look ${this.#highestOpen === null ? '–' : String(this.#highestOpen)}${connect}`,
      ...(this.#probes === 0 ? [] : [`Probes ${String(this.#probes)}, failed ${String(this.#failedProbes)}`]),
      `Alerts raised: ${raised === '' ? 'none' : raised}`,
    ];
  }
}
