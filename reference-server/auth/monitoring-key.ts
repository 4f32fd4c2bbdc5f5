import type { IncomingMessage } from 'node:http';
import { isSameText } from './same-text.ts';

/** Whether a request may see the monitoring: anyone where no key is set, else who gives it as Bearer or `X-Monitoring-Key`. */
export const mayMonitor = (request: IncomingMessage, key: string | null): boolean => {
  if (key === null) return true;
  const { authorization, 'x-monitoring-key': ownHeader } = request.headers;
  const given = ownHeader ?? /^bearer\s+(.*)$/i.exec(authorization?.trim() ?? '')?.[1];
  return typeof given === 'string' && isSameText(given, key);
};
