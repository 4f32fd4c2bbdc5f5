import type { Faults } from '../faults.ts';
import type { EnvironmentReader } from './environment-reader.ts';
import { LARGEST_BYTES, LARGEST_INTERVAL_MS } from './number-settings.ts';

const atMost = (max: number) => ({ fallback: 0, min: 0, max });

/** Reads the faults that are asked for, and refuses a `FAULT_…` that is none of them. */
export const readFaults = (reader: EnvironmentReader): Faults => {
  const read: string[] = [];
  const seen = (name: string): string => {
    read.push(name);
    return name;
  };
  const faults: Faults = {
    handshakeDelayMs: reader.decimal(seen('FAULT_HANDSHAKE_DELAY_MS'), atMost(LARGEST_INTERVAL_MS)),
    rejectEveryNthUpgrade: reader.integer(seen('FAULT_REJECT_EVERY_NTH_UPGRADE'), atMost(1_000_000)),
    withholdInitialMessages: reader.flag(seen('FAULT_WITHHOLD_INITIAL_MESSAGES')),
    neverAnswerUpgrade: reader.flag(seen('FAULT_NEVER_ANSWER_UPGRADE')),
    dropConnectionsAfterMs: reader.decimal(
      seen('FAULT_DROP_CONNECTIONS_AFTER_MS'),
      atMost(LARGEST_INTERVAL_MS),
    ),
    leakBytesPerConnectionSecond: reader.integer(
      seen('FAULT_LEAK_BYTES_PER_CONNECTION_SECOND'),
      atMost(LARGEST_BYTES),
    ),
    burnCpuPerHandshakeMs: reader.decimal(seen('FAULT_BURN_CPU_PER_HANDSHAKE_MS'), atMost(60_000)),
    burnCpuPerMessageMs: reader.decimal(seen('FAULT_BURN_CPU_PER_MESSAGE_MS'), atMost(60_000)),
    skipEveryNthQuote: reader.integer(seen('FAULT_SKIP_EVERY_NTH_QUOTE'), atMost(1_000_000)),
    delayTenthClientMs: reader.decimal(seen('FAULT_DELAY_TENTH_CLIENT_MS'), atMost(LARGEST_INTERVAL_MS)),
    dropWithoutRedis: reader.flag(seen('FAULT_DROP_WITHOUT_REDIS')),
    neverReconnectToRedis: reader.flag(seen('FAULT_NEVER_RECONNECT_TO_REDIS')),
    leakDescriptorEveryNthClose: reader.integer(
      seen('FAULT_LEAK_DESCRIPTOR_EVERY_NTH_CLOSE'),
      atMost(1_000_000),
    ),
    forgetEveryNthClose: reader.integer(seen('FAULT_FORGET_EVERY_NTH_CLOSE'), atMost(1_000_000)),
  };
  reader.rejectUnknown('FAULT_', read);
  return faults;
};
