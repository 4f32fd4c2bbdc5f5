const finBit = 0x80;
const opcodeBits = 0x0f;
const lengthBits = 0x7f;
const firstControlOpcode = 0x8;
const extendedLengths: Readonly<Record<number, number>> = { 126: 2, 127: 8 };

/**
 * Follows a stream of frames (RFC 6455 §5.2) just far enough to know whether it stands between two messages. Of a stream
 * that breaks the protocol it knows nothing.
 */
export class FrameWalk {
  #headerBytesRead = 0;
  #headerBytes = 2;
  #firstByte = 0;
  #payloadLeft = 0;
  #isInMessage = false;

  /** Every frame is complete, and so is every message. */
  get isBetweenMessages(): boolean {
    return this.#headerBytesRead === 0 && !this.#isInMessage;
  }

  /** Takes the bytes from `from` to `to`, in the order they arrive. */
  take(bytes: Buffer, from: number, to: number): void {
    let at = from;
    while (at < to) {
      if (this.#headerBytesRead < this.#headerBytes) {
        this.#readHeader(bytes[at] as number);
        at += 1;
      } else {
        const taken = Math.min(this.#payloadLeft, to - at);
        this.#payloadLeft -= taken;
        at += taken;
      }
      if (this.#headerBytesRead === this.#headerBytes && this.#payloadLeft === 0) this.#frameIsOver();
    }
  }

  #readHeader(byte: number): void {
    if (this.#headerBytesRead === 0) this.#firstByte = byte;
    else if (this.#headerBytesRead === 1) {
      const extended = extendedLengths[byte & lengthBits] ?? 0;
      this.#headerBytes = 2 + extended;
      this.#payloadLeft = extended === 0 ? byte & lengthBits : 0;
    } else this.#payloadLeft = this.#payloadLeft * 256 + byte;
    this.#headerBytesRead += 1;
  }

  #frameIsOver(): void {
    this.#headerBytesRead = 0;
    this.#headerBytes = 2;
    // Control frames may come in the middle of a message (RFC 6455 §5.4).
    if ((this.#firstByte & opcodeBits) < firstControlOpcode)
      this.#isInMessage = (this.#firstByte & finBit) === 0;
  }
}
