import { setTimeout as sleep } from 'node:timers/promises';
import { cutText } from '../harness/record/cut-text.ts';
import { askHttp, type HttpAccess } from './ask-http.ts';

const askEveryMs = 100;
const answerWithinMs = 2_000;

/** What `/health` said over a time. */
export interface HealthFindings {
  readonly asked: number;
  /** Why the server counts as down, for each question that it did not answer with 200 in time. */
  readonly downs: readonly string[];
}

/** A server that is being asked for its health. */
export interface HealthWatch {
  /** Ends the asking; what has been asked is still answered, or not. */
  stop(): Promise<HealthFindings>;
}

const askOnce = async (url: string, access: HttpAccess): Promise<string | null> => {
  try {
    const { status, body } = await askHttp('GET', url, {
      ...access,
      timeoutMs: answerWithinMs,
      onNewConnection: true,
    });
    return status === 200 ? null : `GET /health answered ${String(status)}: ${cutText(body, 200)}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError')
      return `GET /health was not answered within ${String(answerWithinMs)} ms`;
    return `GET /health was not answered: ${error instanceof Error ? error.message : String(error)}`;
  }
};

/**
 * Asks `/health` every 0.1 s from now on, whatever became of the questions before, each on a connection of its own, as probes of
 * load balancers do: a server may answer on the connections that it has, and let newcomers wait for seconds. `httpUrl` has no
 * trailing slash.
 */
export const watchHealth = (httpUrl: string, access: HttpAccess = {}): HealthWatch => {
  const stopping = new AbortController();
  const answers: Promise<string | null>[] = [];
  const asking = (async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      answers.push(askOnce(`${httpUrl}/health`, access));
      await sleep(askEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await asking;
      const settled = await Promise.all(answers);
      return { asked: settled.length, downs: settled.filter((down) => down !== null) };
    },
  };
};
