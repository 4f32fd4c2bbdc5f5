import { isIPv4 } from 'node:net';
import type { Target } from '../../fixtures/targets/index.ts';

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));

/** Whether the server runs on this machine, and so wants processor time of it. */
export const serverIsLocal = ({ kind, webSocketUrl }: Pick<Target, 'kind' | 'webSocketUrl'>): boolean =>
  kind !== 'external' || isLoopback(new URL(webSocketUrl).hostname);
