import http from 'node:http';
import https from 'node:https';
import { rootCertificates } from 'node:tls';

/** What goes with each request to a server. */
export interface HttpAccess {
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM text of a certificate authority to trust beside the well-known ones. */
  readonly certificateAuthority?: string | null;
}

interface AskOptions extends HttpAccess {
  readonly timeoutMs: number;
  /** Instead of one that is kept open from question to question. */
  readonly onNewConnection?: boolean;
}

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Far more than the monitoring endpoints and `/metrics` of any server; what answers on and on would fill the memory. */
export const longestAnswerBytes = 16 * 2 ** 20;

/** A server answered with more than is read. */
export class OversizedAnswer extends Error {
  override readonly name = 'OversizedAnswer';
}

const readBody = async (response: http.IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop destroys the response, and its connection with it.
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > longestAnswerBytes)
      throw new OversizedAnswer(`The answer is longer than ${String(longestAnswerBytes)} bytes.`);
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
};

/**
 * One request without a body, given up after `timeoutMs`; a redirect is an answer like any other. Rejects with an
 * `OversizedAnswer` past 16 MiB.
 */
export const askHttp = (
  method: 'GET' | 'POST',
  url: string,
  { headers, certificateAuthority, timeoutMs, onNewConnection = false }: AskOptions,
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http;
    const asking = client.request(url, {
      method,
      headers: { ...headers },
      ...(onNewConnection && { agent: false }),
      signal: AbortSignal.timeout(timeoutMs),
      ...(certificateAuthority ? { ca: [...rootCertificates, certificateAuthority] } : {}),
    });
    asking.on('error', reject);
    asking.on('response', (response) => {
      readBody(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, body });
      }, reject);
    });
    asking.end();
  });
