import type { IncomingMessage } from 'node:http';

/** What came of reading a request's body. */
export type JsonBody =
  | { readonly outcome: 'read'; readonly value: unknown }
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'malformed' };

/** Reads a JSON body of at most `maxBytes`; a longer one is not kept in memory. */
export const readJsonBody = async (request: IncomingMessage, maxBytes: number): Promise<JsonBody> => {
  const chunks: Buffer[] = [];
  let receivedBytes = 0;
  // Destroying the request would also destroy the socket on which the refusal has to be sent.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of body) {
    receivedBytes += chunk.length;
    if (receivedBytes > maxBytes) return { outcome: 'too-large' };
    chunks.push(chunk);
  }
  try {
    return { outcome: 'read', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { outcome: 'malformed' };
  }
};
