import type { Target } from '../../fixtures/targets/index.ts';
import type { Dial } from '../harness/connection/dial.ts';

/** How to dial the target's endpoint with this token, placed where the target wants it; null dials without any. */
export const makeDial = (
  target: Pick<Target, 'webSocketUrl' | 'headers' | 'tokenPlacement'>,
  token: string | null,
): Dial => {
  const plain: Dial = { url: target.webSocketUrl, subprotocols: [], headers: target.headers };
  if (token === null) return plain;
  switch (target.tokenPlacement) {
    case 'query': {
      const url = new URL(target.webSocketUrl);
      url.searchParams.set('token', token);
      return { ...plain, url: url.href };
    }
    case 'header':
      return { ...plain, headers: { ...target.headers, Authorization: `Bearer ${token}` } };
    case 'subprotocol':
      return { ...plain, subprotocols: ['bearer', token] };
    default:
      return target.tokenPlacement satisfies never;
  }
};
