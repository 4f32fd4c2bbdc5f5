import type { ResponseHead } from './upgrade-response.ts';

const hasToken = (list: string, token: string): boolean =>
  list.split(',').some((item) => item.trim().toLowerCase() === token);

/** What is wrong with a 101 (RFC 6455 §4.1), or null when the connection is open. */
export const upgradeRefusal = (
  head: ResponseHead,
  expected: {
    readonly accept: string;
    readonly subprotocols: readonly string[];
    readonly offersCompression: boolean;
  },
): string | null => {
  if (head.version !== '1.1') return 'a 101 of HTTP/1.0';
  if (head.upgrade?.toLowerCase() !== 'websocket') return '101 that does not upgrade to websocket';
  if (head.connection === null || !hasToken(head.connection, 'upgrade'))
    return '101 without "Connection: Upgrade"';
  if (head.accept !== expected.accept) return 'Sec-WebSocket-Accept does not answer the key';
  if (head.extensions !== null && !expected.offersCompression)
    return 'the server uses an extension, but none was offered';
  const { subprotocols } = expected;
  if (head.subprotocol === null)
    return subprotocols.length === 0 ? null : 'the server chose none of the subprotocols offered';
  if (subprotocols.length === 0) return 'the server chose a subprotocol, but none was offered';
  return subprotocols.includes(head.subprotocol)
    ? null
    : 'the server chose a subprotocol that was not offered';
};
