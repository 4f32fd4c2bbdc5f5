import type { TargetRequest } from '../../fixtures/targets/index.ts';
import type { ComparedMetric } from './compared-metric.ts';
import type { AskedCommits } from './servers/find-commits.ts';
import type { PerSide } from './side.ts';

/** What is compared. */
export type Opponents =
  /** The reference server of this repository at two commits. */
  | ({ readonly kind: 'commits' } & AskedCommits)
  /** Two images that serve the same routes, in containers. */
  | { readonly kind: 'images'; readonly images: PerSide<string> }
  /** Two servers that run already: they can not be restarted between blocks, and their cost can not be seen. */
  | { readonly kind: 'urls'; readonly urls: PerSide<string> }
  /** Two commands, each of which starts a server on the port in `PORT`. */
  | { readonly kind: 'commands'; readonly commands: PerSide<string> };

/** A comparison as it was asked for, checked. */
export interface CompareRequest {
  readonly opponents: Opponents;
  /** How both are reached: tokens, headers, path, and whether commits run as processes or in containers. */
  readonly target: TargetRequest;
  /** Environment of one side's server only, on top of the target's. */
  readonly serverEnvironments: PerSide<Readonly<Record<string, string>>>;
  /** The metrics that decide. */
  readonly gated: readonly ComparedMetric[];
  /** Of every order that is drawn. */
  readonly seed: number;
}
