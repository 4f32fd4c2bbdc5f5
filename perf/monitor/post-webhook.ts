import { setTimeout as sleep } from 'node:timers/promises';

/** How often, and how patiently, a message is delivered. */
export interface WebhookPatience {
  readonly tries: number;
  readonly answerWithinMs: number;
  /** Before the second try; twice as long before each further one. */
  readonly firstWaitMs: number;
  /** A server that asks for more (`Retry-After`) is not waited for longer than this. */
  readonly longestWaitMs: number;
}

/** Four tries within about seven seconds of waiting. */
const webhookPatience: WebhookPatience = Object.freeze({
  tries: 4,
  answerWithinMs: 5_000,
  firstWaitMs: 1_000,
  longestWaitMs: 30_000,
});

/** Whether it arrived; the reason never holds the address, which is a secret. */
export type Delivery =
  { readonly outcome: 'delivered' } | { readonly outcome: 'lost'; readonly reason: string };

const msPerSecond = 1_000;
const isWorthAnotherTry = (status: number): boolean => status === 408 || status === 429 || status >= 500;

const askedWaitMs = (answer: Response): number => {
  const seconds = Number(answer.headers.get('retry-after') ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * msPerSecond : 0;
};

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'no connection';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const code = (error.cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'no connection';
};

interface Try {
  readonly delivery: Delivery;
  readonly isFinal: boolean;
  readonly waitMs: number;
}

const tryOnce = async (url: string, body: string, answerWithinMs: number): Promise<Try> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // A redirect would carry the message to whoever is named there.
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await answer.body?.cancel();
    if (answer.ok) return { delivery: { outcome: 'delivered' }, isFinal: true, waitMs: 0 };
    const { status } = answer;
    return {
      delivery: { outcome: 'lost', reason: `HTTP ${String(status)}` },
      isFinal: !isWorthAnotherTry(status),
      waitMs: askedWaitMs(answer),
    };
  } catch (error) {
    return { delivery: { outcome: 'lost', reason: codeOf(error) }, isFinal: false, waitMs: 0 };
  }
};

/** Posts `{"text": …}`, as Slack and those like it take it, and tries again while there is hope. Never rejects. */
export const postWebhook = async (
  url: string,
  text: string,
  patience: WebhookPatience = webhookPatience,
): Promise<Delivery> => {
  const body = JSON.stringify({ text });
  for (let attempt = 1; ; attempt += 1) {
    const { delivery, isFinal, waitMs } = await tryOnce(url, body, patience.answerWithinMs);
    if (isFinal || attempt >= patience.tries) return delivery;
    const backoffMs = patience.firstWaitMs * 2 ** (attempt - 1);
    await sleep(Math.min(patience.longestWaitMs, Math.max(backoffMs, waitMs)));
  }
};
