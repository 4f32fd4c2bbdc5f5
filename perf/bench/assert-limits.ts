import { HarnessError } from '../harness/harness-error.ts';
import { describeOpenFileShortage } from '../harness/load/choose-agents.ts';
import { openFileLimit } from '../harness/load/open-file-limit.ts';
import { localPortRange, portCount } from '../harness/load/local-ports.ts';

/** Ports that the side probe and the system itself may want, beside the load's. */
const reservedPorts = 1_000;

/** @throws HarnessError LOCAL_LIMIT when one generator on this machine can not hold so many connections to one server. */
export const assertLimits = async (connections: number): Promise<void> => {
  const shortage = describeOpenFileShortage({
    asked: 1,
    connectionsAtOnce: connections,
    openFiles: await openFileLimit(),
  });
  if (shortage !== null) throw new HarnessError('LOCAL_LIMIT', shortage);
  const range = await localPortRange();
  if (range === null || connections + reservedPorts <= portCount(range)) return;
  throw new HarnessError(
    'LOCAL_LIMIT',
    `${String(connections)} connections to one server need as many local ports, but this machine gives out ${String(portCount(range))}. ` +
      'Widen the range with "sysctl -w net.ipv4.ip_local_port_range=\'10240 65000\'".',
  );
};
