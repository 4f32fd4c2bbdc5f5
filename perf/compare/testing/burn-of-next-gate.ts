import { median } from 'simple-statistics';
import type { CalibrationEntry, GateEntry } from './acceptance-journal.ts';

/** So many gates say how fast the machine is at present. */
const latest = 5;

/**
 * The busy work of the next burdened gate, ms: what was calibrated, in the proportion in which connecting takes longer or shorter now
 * than it did then. A machine that other machines leave more or less of changes by a third within an hour, and a
 * tenth of its handshake with it.
 */
export const burnOfNextGate = (
  { burnMs, baseMs }: Pick<CalibrationEntry, 'burnMs' | 'baseMs'>,
  gates: readonly Pick<GateEntry, 'baseConnectMs'>[],
): number => {
  if (gates.length === 0) return burnMs;
  return (burnMs * median(gates.slice(-latest).map(({ baseConnectMs }) => baseConnectMs))) / baseMs;
};
