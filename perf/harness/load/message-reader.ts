import { readMarketMessage, type MarketMessage } from './market-messages.ts';

const defaultSlots = 256;
/** Longer messages are no quotes, and not worth the comparison. */
const longestKeptBytes = 512;

/** Where a plainly written message, `{"type":"quote"…`, says its type; `q` is that of a quote. */
const typeAt = 9;
const quoteInitial = 0x71;

interface Kept {
  readonly bytes: Buffer;
  readonly message: MarketMessage;
}

/** FNV-1a (draft-eastlake-fnv), of which only the low bits are used. */
const hashOf = (data: Buffer): number => {
  let hash = 0x811c9dc5;
  // oxlint-disable-next-line typescript/prefer-for-of -- an iterator would cost as much as the parsing it saves
  for (let index = 0; index < data.length; index += 1)
    hash = Math.imul(hash ^ (data[index] as number), 0x01000193);
  return hash >>> 0;
};

/**
 * Reads each quote once, however many connections of this process it reaches: what was read is kept under its bytes,
 * and taken again only where every byte is the same.
 */
export class MessageReader {
  readonly #kept: (Kept | null)[];

  /** `slots`: how many quotes are kept at most. */
  constructor(slots = defaultSlots) {
    this.#kept = Array.from({ length: slots }, () => null);
  }

  /** As `readMarketMessage`. */
  read(data: Buffer): MarketMessage {
    if (data[typeAt] !== quoteInitial || data.length > longestKeptBytes) return readMarketMessage(data);
    const slot = hashOf(data) % this.#kept.length;
    const kept = this.#kept[slot];
    if (kept?.bytes.equals(data) === true) return kept.message;
    const message = readMarketMessage(data);
    // A copy: `data` is a view of everything that was read from the socket at once.
    if (message.type === 'quote') this.#kept[slot] = { bytes: Buffer.from(data), message };
    return message;
  }
}
