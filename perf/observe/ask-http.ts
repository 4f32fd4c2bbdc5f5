import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';

/** What goes with each request to a server. */
export interface HttpAccess {
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM text of a certificate authority to trust beside the well-known ones. */
  readonly certificateAuthority?: string | null;
}

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** One request without a body, given up after `timeoutMs`; a redirect is an answer like any other. */
export const askHttp = (
  method: 'GET' | 'POST',
  url: string,
  { headers, certificateAuthority, timeoutMs }: HttpAccess & { readonly timeoutMs: number },
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http;
    const asking = client.request(url, {
      method,
      headers: { ...headers },
      signal: AbortSignal.timeout(timeoutMs),
      ...(certificateAuthority ? { ca: [...rootCertificates, certificateAuthority] } : {}),
    });
    asking.on('error', reject);
    asking.on('response', (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, body });
      }, reject);
    });
    asking.end();
  });
