import { cutText } from '../record/cut-text.ts';
import type { Failure, FailureReason } from './failure.ts';

const longestDetail = 200;

const reasonByErrorCode: Readonly<Record<string, FailureReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_NODATA: 'dns',
  EAI_FAIL: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ETIMEDOUT: 'handshake-timeout',
  EMFILE: 'local-limit',
  ENFILE: 'local-limit',
  EADDRNOTAVAIL: 'local-limit',
  EADDRINUSE: 'local-limit',
  ENOBUFS: 'local-limit',
  ENOMEM: 'local-limit',
  EPROTO: 'tls',
};

const tlsCodes =
  /^(?:ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/u;

/** A failure, with what is not known left null and the detail cut to a readable length. */
export const failureOf = (
  reason: FailureReason,
  known: { readonly status?: number; readonly closeCode?: number; readonly detail?: string } = {},
): Failure => ({
  reason,
  status: known.status ?? null,
  closeCode: known.closeCode ?? null,
  detail: known.detail === undefined || known.detail === '' ? null : cutText(known.detail, longestDetail),
});

/** Where a redirect leads, without what may be a secret: user, password, query and fragment. */
const shownLocation = (location: string): string =>
  location.replace(/[?#].*$/su, '').replace(/^(?<start>(?:[a-z][a-z\d+.-]*:)?\/\/)[^/]*@/iu, '$<start>');

/** What an HTTP answer other than 101 means; `location` is its header, of a redirect. */
export const classifyStatus = (status: number, location: string | null = null): Failure => {
  if (status === 401 || status === 403) return failureOf('unauthorized', { status });
  if (status === 429 || status === 503) return failureOf('overloaded', { status });
  if (status === 101) return failureOf('protocol', { status, detail: '101 that upgrades nothing' });
  if (status < 300 || status >= 400) return failureOf('http-status', { status });
  const leadsTo = location === null ? '' : shownLocation(location);
  const final = leadsTo === '' ? 'the final address' : `the final address, it leads to ${leadsTo}`;
  return failureOf('http-status', { status, detail: `redirects are not followed: give ${final}` });
};

/** What an error before the 101 means. */
export const classifyHandshakeError = (error: Error): Failure => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known = reasonByErrorCode[code];
  if (known !== undefined) return failureOf(known, { detail: code });
  if (tlsCodes.test(code)) return failureOf('tls', { detail: code });
  return failureOf('protocol', { detail: error.message });
};
