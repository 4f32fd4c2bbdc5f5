import { unescape } from 'node:querystring';
import { failureOf } from './classify-failure.ts';
import { compressionOffer } from './compression.ts';
import type { Dial, DialSettings } from './dial.ts';
import type { Failure } from './failure.ts';
import type { LineAddress } from './line.ts';
import { trustAlso } from './trust.ts';

/** Everything about a dial that is the same for each of its attempts, made once. */
export interface UpgradeRequest {
  readonly address: LineAddress;
  readonly subprotocols: readonly string[];
  /** The request's head (RFC 6455 §4.1) for a fresh key. */
  head(key: string): string;
}

/** The dial itself is wrong: an address, header, subprotocol or certificate authority that cannot be used. */
export interface UnusableDial {
  readonly failure: Failure;
}

const token = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/u;
const fieldValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/u;

/** Headers that the handshake writes itself; given ones, as copied from a browser, give way. */
const ownHeaders = new Set([
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
]);

const readUrl = (text: string): URL => {
  if (!URL.canParse(text)) throw new Error(`"${text}" is no address`);
  const url = new URL(text);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:')
    throw new Error(`the scheme "${url.protocol}" is neither ws: nor wss:`);
  if (url.hash !== '') throw new Error('the address has a fragment (#)');
  return url;
};

const checkSubprotocols = (subprotocols: readonly string[]): void => {
  for (const subprotocol of subprotocols)
    if (!token.test(subprotocol)) throw new Error('a subprotocol is no HTTP token');
  if (new Set(subprotocols).size < subprotocols.length) throw new Error('a subprotocol is offered twice');
};

const basicAuthorization = ({ username, password }: URL): string | null => {
  if (username === '' && password === '') return null;
  return `Basic ${Buffer.from(`${unescape(username)}:${unescape(password)}`).toString('base64')}`;
};

/** The header lines besides the key, in the order they are sent. */
const headerLines = (url: URL, dial: Dial, origin: string | null): string[] => {
  const lines: string[] = [];
  const written = new Set(ownHeaders);
  const write = (name: string, value: string): void => {
    // Values may hold a token, so a complaint never repeats them.
    if (!token.test(name)) throw new Error(`"${name}" is no header name`);
    if (!fieldValue.test(value)) throw new Error(`the value of the header ${name} is not allowed`);
    if (written.has(name.toLowerCase())) return;
    written.add(name.toLowerCase());
    lines.push(`${name}: ${value}`);
  };
  if (dial.subprotocols.length > 0) write('Sec-WebSocket-Protocol', dial.subprotocols.join(','));
  if (origin !== null) write('Origin', origin);
  for (const [name, value] of Object.entries(dial.headers)) write(name, value);
  const authorization = basicAuthorization(url);
  if (authorization !== null) write('Authorization', authorization);
  if (!written.has('host')) lines.unshift(`Host: ${url.host}`);
  return lines;
};

const make = (dial: Dial, settings: DialSettings): UpgradeRequest => {
  const { origin, certificateAuthority, offersCompression } = settings;
  const url = readUrl(dial.url);
  checkSubprotocols(dial.subprotocols);
  const isSecure = url.protocol === 'wss:';
  const defaultPort = isSecure ? 443 : 80;
  const start = `GET ${url.pathname}${url.search} HTTP/1.1\r\n`;
  const lines = headerLines(url, dial, origin);
  if (offersCompression === true) lines.push(`Sec-WebSocket-Extensions: ${compressionOffer()}`);
  const fixed = lines.join('\r\n');
  const beforeKey = `${start}${fixed}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: `;
  return {
    address: {
      host: url.hostname.replace(/^\[(.*)\]$/u, '$1'),
      port: url.port === '' ? defaultPort : Number(url.port),
      secureContext: isSecure ? trustAlso(certificateAuthority) : null,
    },
    subprotocols: dial.subprotocols,
    head: (key) => `${beforeKey}${key}\r\n\r\n`,
  };
};

const cache = new WeakMap<
  Dial,
  { readonly settings: DialSettings; readonly made: UpgradeRequest | UnusableDial }
>();

/** The request of a dial, made at its first attempt and kept for all others; never throws. */
export const upgradeRequest = (dial: Dial, settings: DialSettings): UpgradeRequest | UnusableDial => {
  const known = cache.get(dial);
  if (known?.settings === settings) return known.made;
  let made: UpgradeRequest | UnusableDial;
  try {
    made = make(dial, settings);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    made = { failure: failureOf('protocol', { detail }) };
  }
  cache.set(dial, { settings, made });
  return made;
};
