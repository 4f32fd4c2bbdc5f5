import type { LocalEndpoint } from '../connection/local-endpoint.ts';
import { plannedAttempts } from './pacer.ts';
import type { LoadPlan } from './plan.ts';

/**
 * Where an attempt comes from; null where the system chooses. Attempts are spread evenly over the addresses and use each
 * port of each in turn; so do the tries to come back, after all of them: the port of a line just cut may still be taken.
 */
export const localEndpointOf = (
  { localEndpoints, profile }: Pick<LoadPlan, 'localEndpoints' | 'profile'>,
  { index, retry }: { readonly index: number; readonly retry: number },
): LocalEndpoint | null => {
  if (localEndpoints == null) return null;
  const { addresses, ports } = localEndpoints;
  const turn = retry === 0 ? index : index + retry * plannedAttempts(profile.arrivals);
  const position = Math.floor(turn / addresses.length) % ports.length;
  return { address: addresses[turn % addresses.length] as string, port: ports[position] as number };
};
