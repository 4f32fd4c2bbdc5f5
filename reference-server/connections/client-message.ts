/** What a client may ask for. */
export type ClientMessage =
  | { readonly type: 'ping'; readonly id: string | number; readonly sentAt: number }
  | { readonly type: 'subscribe' | 'unsubscribe'; readonly symbols: readonly string[] };

/** Why a message was refused. */
export type BadMessageCode =
  | 'not_json'
  | 'too_large'
  | 'binary'
  | 'unknown_type'
  | 'invalid_message'
  | 'unknown_symbol'
  | 'too_many_messages'
  | 'too_many_subscriptions';

/** A message, or the reason why it is none. */
export type MessageReading =
  | { readonly outcome: 'understood'; readonly message: ClientMessage }
  | { readonly outcome: 'bad'; readonly code: BadMessageCode; readonly explanation: string };

const bad = (code: BadMessageCode, explanation: string): MessageReading => ({
  outcome: 'bad',
  code,
  explanation,
});

interface ReadingOptions {
  readonly isBinary: boolean;
  readonly maxMessageBytes: number;
  readonly knownSymbols: ReadonlySet<string>;
}

/** Reads what a client sent; never throws, whatever it is. */
export const readClientMessage = (data: Buffer, options: ReadingOptions): MessageReading => {
  if (data.length > options.maxMessageBytes) {
    return bad(
      'too_large',
      `The message has ${data.length} bytes; at most ${options.maxMessageBytes} are allowed.`,
    );
  }
  if (options.isBinary) return bad('binary', 'Binary messages are not understood. Send JSON as text.');
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return bad('not_json', 'The message is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad('invalid_message', 'A message is a JSON object with a "type".');
  }
  return readObject(value as Readonly<Record<string, unknown>>, options.knownSymbols);
};

const readObject = (
  value: Readonly<Record<string, unknown>>,
  knownSymbols: ReadonlySet<string>,
): MessageReading => {
  switch (value['type']) {
    case 'ping':
      return readPing(value);
    case 'subscribe':
    case 'unsubscribe':
      return readSymbols(value['type'], value['symbols'], knownSymbols);
    default:
      return bad('unknown_type', 'The "type" must be ping, subscribe or unsubscribe.');
  }
};

const readPing = ({ id, sentAt }: Readonly<Record<string, unknown>>): MessageReading =>
  (typeof id === 'string' || typeof id === 'number') && typeof sentAt === 'number'
    ? { outcome: 'understood', message: { type: 'ping', id, sentAt } }
    : bad('invalid_message', 'A ping has an "id", text or number, and a number "sentAt".');

const readSymbols = (
  type: 'subscribe' | 'unsubscribe',
  symbols: unknown,
  knownSymbols: ReadonlySet<string>,
): MessageReading => {
  if (
    !Array.isArray(symbols) ||
    symbols.length === 0 ||
    !symbols.every((symbol) => typeof symbol === 'string')
  ) {
    return bad('invalid_message', `To ${type}, give "symbols": a list of at least one symbol.`);
  }
  const requested = [...new Set(symbols as readonly string[])];
  const unknown = requested.filter((symbol) => !knownSymbols.has(symbol));
  if (unknown.length > 0) {
    return bad(
      'unknown_symbol',
      `Not known: ${unknown.slice(0, 10).join(', ')}. Known: ${[...knownSymbols].join(', ')}.`,
    );
  }
  return { outcome: 'understood', message: { type, symbols: requested } };
};
