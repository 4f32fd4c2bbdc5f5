import type { WebSocketStatistics } from '../harness/record/run-record.ts';

const basePath = '/api/v1/market-data/monitoring';
const answerWithinMs = 5_000;

/** The guide's `active-connections`, field by field. */
export interface ActiveConnections {
  readonly current_connections: number;
  readonly max_concurrent_connections: number;
  /** Seconds of the Unix epoch. */
  readonly timestamp: number;
}

/** A monitoring endpoint did not answer, or not with what the guide promises. */
export class MonitoringError extends Error {
  override readonly name = 'MonitoringError';
}

/** Asks the guide's three monitoring endpoints of one server. */
export class MonitoringClient {
  readonly #httpUrl: string;

  /** `httpUrl`: origin of the server, without trailing slash. */
  constructor(httpUrl: string) {
    this.#httpUrl = httpUrl;
  }

  /** @throws MonitoringError */
  statistics(): Promise<WebSocketStatistics> {
    return this.#ask('GET', 'websocket-stats') as Promise<WebSocketStatistics>;
  }

  /** @throws MonitoringError */
  activeConnections(): Promise<ActiveConnections> {
    return this.#ask('GET', 'active-connections') as Promise<ActiveConnections>;
  }

  /** @throws MonitoringError */
  async resetStatistics(): Promise<void> {
    await this.#ask('POST', 'reset-stats');
  }

  async #ask(method: 'GET' | 'POST', route: string): Promise<unknown> {
    const url = `${this.#httpUrl}${basePath}/${route}`;
    try {
      const answer = await fetch(url, { method, signal: AbortSignal.timeout(answerWithinMs) });
      if (!answer.ok) throw new MonitoringError(`${method} ${url} answered HTTP ${String(answer.status)}.`);
      return await answer.json();
    } catch (error) {
      if (error instanceof MonitoringError) throw error;
      throw new MonitoringError(
        `${method} ${url} gave no usable answer within ${String(answerWithinMs)} ms.`,
        {
          cause: error,
        },
      );
    }
  }
}
