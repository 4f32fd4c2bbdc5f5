import type { MachineRecord, TargetRecord } from './run-record.ts';

/** What a run's numbers depend on beside the server: runs that differ in any of it measured different things. */
export interface Fingerprint {
  readonly node: string;
  readonly platform: string;
  readonly cpuModel: string;
  readonly cores: number;
  readonly targetKind: TargetRecord['kind'];
  readonly path: TargetRecord['path'];
  readonly offersCompression: boolean;
  /** Generator processes. */
  readonly agents: number;
}

/** The fingerprint of a run. */
export const fingerprintOf = (run: {
  readonly machine: Pick<MachineRecord, 'node' | 'platform' | 'cpuModel' | 'cores'>;
  readonly target: Pick<TargetRecord, 'kind' | 'path' | 'offersCompression'>;
  readonly agents: number;
}): Fingerprint => {
  const { node, platform, cpuModel, cores } = run.machine;
  const { kind, path, offersCompression } = run.target;
  return { node, platform, cpuModel, cores, targetKind: kind, path, offersCompression, agents: run.agents };
};

const names: Readonly<Record<keyof Fingerprint, string>> = {
  node: 'version of Node',
  platform: 'platform',
  cpuModel: 'processor',
  cores: 'number of cores',
  targetKind: 'kind of target',
  path: 'path to the server',
  offersCompression: 'offer of compression',
  agents: 'number of generator processes',
};

/** Whether two runs can be compared, and why not. */
export type Comparability =
  { readonly comparable: true } | { readonly comparable: false; readonly reason: string };

/** Whether the numbers of two runs can be compared; all differences are named. */
export const isComparable = (a: Fingerprint, b: Fingerprint): Comparability => {
  const keys = Object.keys(names) as (keyof Fingerprint)[];
  const differences = keys.flatMap((key) =>
    a[key] === b[key] ? [] : [`the ${names[key]} (${String(a[key])} and ${String(b[key])})`],
  );
  return differences.length === 0
    ? { comparable: true }
    : {
        comparable: false,
        reason: `The runs differ in ${differences.join(', ')}: measure both in the same way.`,
      };
};
