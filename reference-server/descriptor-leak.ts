import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { everyNth } from './faults.ts';

/** Keeps a file open for every n-th connection that ends, until it is disposed of. */
export class DescriptorLeak implements Disposable {
  readonly #open: number[] = [];
  readonly #isLeaked: () => boolean;

  /** `everyNthClose`: 0 keeps none. */
  constructor(everyNthClose: number) {
    this.#isLeaked = everyNth(everyNthClose);
  }

  /** A connection has ended. */
  connectionEnded(): void {
    if (this.#isLeaked()) this.#open.push(openSync(devNull, 'r'));
  }

  [Symbol.dispose](): void {
    for (const descriptor of this.#open.splice(0)) closeSync(descriptor);
  }
}
