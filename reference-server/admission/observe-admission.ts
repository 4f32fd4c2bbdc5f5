import { Gauge, type Registry } from 'prom-client';
import type { AdmissionControl, Occupancy } from './admission-control.ts';
import { noLimits, type AdmissionLimits } from './admission-limits.ts';

/** How admission stands, for `/health`: the limits that are set, and what refuses whoever comes now. */
export const describeAdmission = (
  limits: AdmissionLimits,
  admission: AdmissionControl,
  occupancy: Occupancy,
) => ({
  refusing: admission.shortages(occupancy, performance.now()),
  limits: Object.fromEntries(setLimits(limits)),
});

/** Registers what admission limits and what it refuses at the moment, read when Prometheus asks. */
export const observeAdmission = (
  registry: Registry,
  {
    limits,
    admission,
    occupancy,
  }: {
    readonly limits: AdmissionLimits;
    readonly admission: AdmissionControl;
    readonly occupancy: () => Occupancy;
  },
): void => {
  const limit = new Gauge({
    name: 'websocket_admission_limit',
    help: 'The limits that are set, by name, in connections, handshakes, milliseconds or bytes.',
    labelNames: ['limit'],
    registers: [],
  });
  for (const [name, value] of setLimits(limits)) limit.set({ limit: name }, value);
  const refusing = new Gauge({
    name: 'websocket_admission_refusing',
    help: '1 for each reason for which whoever comes now is refused.',
    labelNames: ['reason'],
    registers: [],
    collect() {
      for (const reason of generalReasons) this.set({ reason }, 0);
      for (const reason of admission.shortages(occupancy(), performance.now())) this.set({ reason }, 1);
    },
  });
  const inFlight = new Gauge({
    name: 'websocket_handshakes_in_flight',
    help: 'Upgrade requests that are not answered yet.',
    registers: [],
    collect() {
      this.set(occupancy().handshakes);
    },
  });
  for (const gauge of [limit, refusing, inFlight]) registry.registerMetric(gauge);
};

const generalReasons = ['connections', 'handshakes', 'event_loop_delay', 'memory'] as const;

const setLimits = (limits: AdmissionLimits): [string, number][] =>
  (Object.keys(noLimits) as (keyof AdmissionLimits)[]).flatMap((name) => {
    const value = limits[name];
    return value === null ? [] : [[name, value] satisfies [string, number]];
  });
