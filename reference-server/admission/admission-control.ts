import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import type { AdmissionLimits } from './admission-limits.ts';
import { clientAddress } from './client-address.ts';
import { KeyedPlaces } from './keyed-places.ts';
import type { LoadWatch } from './load-watch.ts';
import type { OverloadReason } from './overload-reason.ts';

/** What a connection occupies from its arrival to its end under the limits per address and per user. */
export interface OccupiedPlaces {
  address?: string;
  user?: string;
}

/** How full the server is when a connection arrives, without that one. */
export interface Occupancy {
  readonly open: number;
  readonly handshakes: number;
}

const placesFor = (max: number | null): KeyedPlaces | undefined =>
  max === null ? undefined : new KeyedPlaces(max);

/** Decides whether there is room for one more connection. Counts of what is open are exact; nothing is estimated. */
export class AdmissionControl {
  readonly #limits: AdmissionLimits;
  readonly #load: LoadWatch;
  readonly #trustedProxies: BlockList;
  readonly #addresses: KeyedPlaces | undefined;
  readonly #users: KeyedPlaces | undefined;

  constructor(options: {
    readonly limits: AdmissionLimits;
    readonly load: LoadWatch;
    readonly trustedProxies: BlockList;
  }) {
    this.#limits = options.limits;
    this.#load = options.load;
    this.#trustedProxies = options.trustedProxies;
    this.#addresses = placesFor(options.limits.maxConnectionsPerAddress);
    this.#users = placesFor(options.limits.maxConnectionsPerUser);
  }

  /** Everything that leaves no room for whoever comes now. */
  shortages({ open, handshakes }: Occupancy, nowMs: number): OverloadReason[] {
    const { maxConnections, maxHandshakesInFlight } = this.#limits;
    const reasons: OverloadReason[] = [];
    if (maxConnections !== null && open + handshakes >= maxConnections) reasons.push('connections');
    if (maxHandshakesInFlight !== null && handshakes >= maxHandshakesInFlight) reasons.push('handshakes');
    if (this.#load.isDelayed(nowMs)) reasons.push('event_loop_delay');
    if (this.#load.isShortOfMemory) reasons.push('memory');
    return reasons;
  }

  /** Decides on what is known before the token is looked at, and takes a place of the client's address. */
  arrive(
    request: IncomingMessage,
    places: OccupiedPlaces,
    occupancy: Occupancy,
    nowMs: number,
  ): OverloadReason | undefined {
    const [shortage] = this.shortages(occupancy, nowMs);
    if (shortage !== undefined || this.#addresses === undefined) return shortage;
    const forwardedFor = request.headers['x-forwarded-for'];
    const address = clientAddress(
      request.socket.remoteAddress,
      Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
      this.#trustedProxies,
    );
    if (!this.#addresses.take(address)) return 'address';
    places.address = address;
    return undefined;
  }

  /** Takes a place of the user whose token was good. */
  identify(subject: string | null, places: OccupiedPlaces): OverloadReason | undefined {
    if (this.#users === undefined) return undefined;
    const user = subject ?? '';
    if (!this.#users.take(user)) return 'user';
    places.user = user;
    return undefined;
  }

  /** Gives back what was taken; a second time changes nothing. */
  leave(places: OccupiedPlaces): void {
    if (places.address !== undefined) this.#addresses?.giveBack(places.address);
    if (places.user !== undefined) this.#users?.giveBack(places.user);
    delete places.address;
    delete places.user;
  }
}
