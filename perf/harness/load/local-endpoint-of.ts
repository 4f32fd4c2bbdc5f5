import type { LocalEndpoint } from '../connection/local-endpoint.ts';
import type { LocalEndpoints } from './plan.ts';

/** Where the attempt `index` comes from; evenly spread over the addresses. */
export const localEndpointOf = (endpoints: LocalEndpoints, index: number): LocalEndpoint => {
  const { addresses, ports } = endpoints;
  const position = Math.floor(index / addresses.length) % ports.length;
  return { address: addresses[index % addresses.length] as string, port: ports[position] as number };
};
