import type { IncomingMessage } from 'node:http';
import type { AdmissionControl, Occupancy, OccupiedPlaces } from '../admission/admission-control.ts';
import { tokenFromRequest } from '../auth/token-from-request.ts';
import { verifyToken } from '../auth/verify-token.ts';
import { everyNth } from '../faults.ts';
import type { ResolvedSettings } from '../settings/settings.ts';
import { isAllowedOrigin } from './allowed-origin.ts';
import { badToken, foreignOrigin, overloadRefusals, type UpgradeRefusal } from './upgrade-refusal.ts';

/** What an upgrade request shows of itself. */
export interface Knock {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly arrivedAtMs: number;
  readonly places: OccupiedPlaces;
}

/** Decides who may come in: first what costs nothing, and only for those who are left what costs time. */
export class UpgradeGate {
  readonly #settings: ResolvedSettings;
  readonly #admission: AdmissionControl;
  readonly #overloaded: ReturnType<typeof overloadRefusals>;
  readonly #isRejectedByFault: () => boolean;

  constructor(settings: ResolvedSettings, admission: AdmissionControl) {
    this.#settings = settings;
    this.#admission = admission;
    this.#overloaded = overloadRefusals(settings);
    this.#isRejectedByFault = everyNth(settings.faults.rejectEveryNthUpgrade);
  }

  get draining(): UpgradeRefusal {
    return this.#overloaded.draining;
  }

  /** Looks at what is known on arrival. */
  refusalOnArrival(
    { request, places, arrivedAtMs }: Knock,
    occupancy: Occupancy,
  ): UpgradeRefusal | undefined {
    if (this.#isRejectedByFault()) return this.#overloaded.fault;
    const { origin } = request.headers;
    if (!isAllowedOrigin(origin, this.#settings.allowedOrigins)) return foreignOrigin;
    const reason = this.#admission.arrive(request, places, occupancy, arrivedAtMs);
    return reason === undefined ? undefined : this.#overloaded[reason];
  }

  /** Looks at the token, and at what its user already has. */
  refusalByToken({ request, url, places }: Knock): UpgradeRefusal | undefined {
    const verdict = verifyToken(tokenFromRequest(request, url), this.#settings);
    if (verdict.outcome === 'refused') return badToken(verdict);
    const reason = this.#admission.identify(verdict.subject, places);
    return reason === undefined ? undefined : this.#overloaded[reason];
  }

  /** Gives back the room that a connection took. */
  leave(places: OccupiedPlaces): void {
    this.#admission.leave(places);
  }
}
