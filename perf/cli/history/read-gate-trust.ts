import { readMachine } from '../../session/machine.ts';
import { readCheckout } from '../../tracking/history/read-checkout.ts';
import { readSurroundings } from '../../tracking/history/read-surroundings.ts';
import {
  judgeSelfChecks,
  selfCheckRule,
  type GateTrust,
} from '../../tracking/self-checks/judge-self-checks.ts';
import { selfChecksOf } from '../../tracking/self-checks/self-checks-of.ts';
import type { Environment } from '../read-target.ts';
import { readLocalHistory } from './open-history.ts';

/** What the local history says of the gate on machines like this one; without a record it is trusted. */
export const readGateTrust = async (root: string, environment: Environment): Promise<GateTrust> => {
  const { machine } = await readSurroundings(await readMachine(), environment, root);
  const checkout = await readCheckout(root);
  const records = await readLocalHistory(root);
  const place = { project: checkout?.project ?? '.', runnerClass: machine.runnerClass };
  return judgeSelfChecks(selfChecksOf(records, place));
};

const percent = (ratio: number): string => `${String(Number((100 * ratio).toPrecision(2)))} %`;

/** The same as one line: what was seen, and what it means for a failure. */
export const describeTrust = (trust: GateTrust): string => {
  const { gates, failures, probability } = trust;
  const seen = `${String(failures)} of ${String(gates)} gates of a server against itself failed`;
  if (trust.state === 'armed')
    return gates === 0
      ? 'The gate is armed: no gate of a server against itself is known for machines of this class.'
      : `The gate is armed: ${seen}.`;
  return (
    `THE GATE IS DISARMED since ${trust.since.slice(0, 10)}: ${seen}, which has a probability of ${percent(probability)} ` +
    `at ${percent(selfCheckRule.errorRatio)} false alarms. Until ${String(trust.neededGates)} gates in a row are without a failure ` +
    `(${String(trust.cleanGates)} so far) no failure counts.`
  );
};
