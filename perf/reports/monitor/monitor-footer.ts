import type { MonitorSample } from '../../monitor/monitor-sample.ts';
import { sparkline } from '../live/sparkline.ts';

const shownLooks = 40;

/** The lines below the table that are redrawn: how it went, what stands now. */
export class MonitorFooter {
  #newest: readonly MonitorSample[] = [];

  lines(sample: MonitorSample, httpUrl: string): readonly string[] {
    this.#newest = [...this.#newest, sample].slice(-shownLooks);
    const open = this.#newest.map((look) => look.open);
    const connect = this.#newest.map(({ interval }) => interval?.connectTimeMs?.mean ?? null);
    const standing = sample.raised.length === 0 ? 'no alert' : `alerts: ${sample.raised.join(', ')}`;
    return [
      `open ${sparkline(open)}  connect ${sparkline(connect)}`,
      `${httpUrl} · ${standing} · Ctrl-C ends`,
    ];
  }
}
