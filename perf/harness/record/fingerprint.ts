import type { MachineRecord, TargetRecord } from './run-record.ts';

/** What a run's numbers depend on beside the server: runs that differ in any of it measured different things. */
export interface Fingerprint {
  readonly node: string;
  readonly platform: string;
  readonly cpuModel: string;
  readonly cores: number;
  readonly targetKind: TargetRecord['kind'];
  readonly path: TargetRecord['path'];
  readonly instances: TargetRecord['instances'];
  readonly offersCompression: boolean;
  /** Generator processes. */
  readonly agents: number;
}

/** The fingerprint of a run. */
export const fingerprintOf = (run: {
  readonly machine: Pick<MachineRecord, 'node' | 'platform' | 'cpuModel' | 'cores'>;
  readonly target: Pick<TargetRecord, 'kind' | 'path' | 'instances' | 'offersCompression'>;
  readonly agents: number;
}): Fingerprint => {
  const { node, platform, cpuModel, cores } = run.machine;
  const { kind: targetKind, path, instances, offersCompression } = run.target;
  return {
    node,
    platform,
    cpuModel,
    cores,
    targetKind,
    path,
    instances,
    offersCompression,
    agents: run.agents,
  };
};
