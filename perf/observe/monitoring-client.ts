import { askHttp, OversizedAnswer, type HttpAccess } from './ask-http.ts';
import { cutText } from '../harness/record/cut-text.ts';
import type { WebSocketStatistics } from '../harness/record/run-record.ts';

const basePath = '/api/v1/market-data/monitoring';
const longestAnswerMs = 5_000;

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
  /** HTTP status of the answer; null where there was none. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** HTTP status of an answer that is one, but not the one that was promised. */
const usableStatus = 200;

const statisticsNumbers = ['total_connections', 'current_connections', 'failed_connections'] as const;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const hasNumbers = (answer: unknown, ...names: readonly string[]): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  names.every((name) => typeof (answer as Record<string, unknown>)[name] === 'number');

/** Asks the guide's three monitoring endpoints of one server. */
export class MonitoringClient {
  readonly #httpUrl: string;
  readonly #access: HttpAccess;
  readonly #answerWithinMs: number;

  /** `httpUrl`: origin of the server, without trailing slash. An answer is waited for `answerWithinMs`, 5 s unless told otherwise. */
  constructor(httpUrl: string, access: HttpAccess = {}, answerWithinMs = longestAnswerMs) {
    this.#httpUrl = httpUrl;
    this.#access = access;
    this.#answerWithinMs = answerWithinMs;
  }

  /** @throws MonitoringError */
  statistics(): Promise<WebSocketStatistics> {
    return this.#read('websocket-stats', (answer): answer is WebSocketStatistics =>
      hasNumbers(answer, ...statisticsNumbers),
    );
  }

  /** @throws MonitoringError */
  activeConnections(): Promise<ActiveConnections> {
    return this.#read('active-connections', (answer): answer is ActiveConnections =>
      hasNumbers(answer, 'current_connections', 'max_concurrent_connections'),
    );
  }

  /** @throws MonitoringError */
  async resetStatistics(): Promise<void> {
    await this.#ask('POST', 'reset-stats');
  }

  async #read<Answer>(route: string, isPromised: (answer: unknown) => answer is Answer): Promise<Answer> {
    const text = await this.#ask('GET', route);
    const answer = parse(text);
    if (isPromised(answer)) return answer;
    throw new MonitoringError(
      `GET ${this.#httpUrl}${basePath}/${route} answered, but not with the fields of the guide: ${cutText(text, 80)}`,
      usableStatus,
    );
  }

  async #ask(method: 'GET' | 'POST', route: string): Promise<string> {
    const url = `${this.#httpUrl}${basePath}/${route}`;
    try {
      const { status, body } = await askHttp(method, url, {
        ...this.#access,
        timeoutMs: this.#answerWithinMs,
      });
      if (status < 200 || status > 299)
        throw new MonitoringError(`${method} ${url} answered HTTP ${String(status)}.`, status);
      return body;
    } catch (error) {
      if (error instanceof MonitoringError) throw error;
      if (error instanceof OversizedAnswer)
        throw new MonitoringError(`${method} ${url} answered with too much. ${error.message}`, usableStatus, {
          cause: error,
        });
      throw new MonitoringError(
        `${method} ${url} gave no usable answer within ${String(this.#answerWithinMs)} ms.`,
        null,
        {
          cause: error,
        },
      );
    }
  }
}
