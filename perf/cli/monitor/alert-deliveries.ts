import { setTimeout as sleep } from 'node:timers/promises';
import { postWebhook, type Delivery } from '../../monitor/post-webhook.ts';

/** How long the end of a monitor waits for messages that are still on their way, ms. */
const lastDeliveriesWithinMs = 15_000;

/** Delivers alerts one after another, so that "cleared" never comes before "raised", without holding up who watches. */
export class AlertDeliveries {
  readonly #url: string;
  readonly #onLost: (reason: string) => void;
  #queue: Promise<unknown> = Promise.resolve();
  #pending = 0;

  constructor(url: string, onLost: (reason: string) => void) {
    this.#url = url;
    this.#onLost = onLost;
  }

  post(text: string): void {
    this.#pending += 1;
    this.#queue = this.#queue
      .then(() => postWebhook(this.#url, text))
      .then((delivery: Delivery) => {
        this.#pending -= 1;
        if (delivery.outcome === 'lost') this.#onLost(delivery.reason);
      });
  }

  /** Waits for the last ones, but not for ever; how many are then still under way. */
  async finish(): Promise<number> {
    await Promise.race([this.#queue, sleep(lastDeliveriesWithinMs, undefined, { ref: false })]);
    return this.#pending;
  }
}
