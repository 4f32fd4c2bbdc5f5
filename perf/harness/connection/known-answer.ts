/**
 * The last 101 that was accepted, apart from its accept value. Servers answer every upgrade with the same bytes but for
 * that, and what only differs there, by the right value, is accepted for the same reasons: it needs no reading.
 */
export class KnownAnswer {
  #before = '';
  #after = '';

  /** How many of the first `byteCount` bytes are that answer with this accept value; 0 when they are another one. */
  length(bytes: Buffer, byteCount: number, accept: string): number {
    if (this.#before === '') return 0;
    const length = this.#before.length + accept.length + this.#after.length;
    const isSame =
      byteCount >= length && bytes.toString('latin1', 0, length) === `${this.#before}${accept}${this.#after}`;
    return isSame ? length : 0;
  }

  /** Keeps the answer that the first `byteCount` bytes are. */
  keep(bytes: Buffer, byteCount: number, accept: string): void {
    const text = bytes.toString('latin1', 0, byteCount);
    const at = text.indexOf(accept);
    if (at === -1 || at !== text.lastIndexOf(accept)) return;
    this.#before = text.slice(0, at);
    this.#after = text.slice(at + accept.length);
  }
}
