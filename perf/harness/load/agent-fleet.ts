import { AgentProcess, type AgentOptions } from './agent-process.ts';
import type { AgentProgress, AgentResult } from './agent-result.ts';
import { MeetingPoint } from './meeting-point.ts';
import { ProgressMerger } from './merge-progress.ts';

/** How the agents of a load are started: the options of each, less its share. */
export interface FleetOptions extends Omit<AgentOptions, 'share'> {
  readonly agents: number;
}

/** The generator processes of one load: ready together, started at one moment, ended together. */
export class AgentFleet implements AsyncDisposable {
  readonly #agents: readonly AgentProcess[];

  private constructor(agents: readonly AgentProcess[]) {
    this.#agents = agents;
  }

  /**
   * Starts the agents and waits until all of them are ready; when one is lost, none is left.
   * @throws HarnessError AGENT_DIED
   */
  static async start({ agents, ...options }: FleetOptions): Promise<AgentFleet> {
    const fleet = new AgentFleet(
      Array.from(
        { length: agents },
        (_, part) => new AgentProcess({ ...options, share: { part, of: agents } }),
      ),
    );
    try {
      await Promise.all(fleet.#agents.map(({ ready }) => ready));
      return fleet;
    } catch (error) {
      await fleet[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Has all agents start at one moment of the machine's clock; resolves with what each measured, rejects as soon as one is lost. */
  drive(startAtMachineMs: number, onProgress: (progress: AgentProgress) => void): Promise<AgentResult[]> {
    const progress = new ProgressMerger(this.#agents.length, onProgress);
    const meeting = new MeetingPoint(this.#agents.length, (stage) => {
      for (const agent of this.#agents) agent.goOn(stage);
    });
    return Promise.all(
      this.#agents.map((agent, part) =>
        agent.drive(startAtMachineMs, {
          onProgress: (one) => {
            progress.receive(part, one);
          },
          onReached: (stage) => {
            meeting.reach(stage);
          },
        }),
      ),
    );
  }

  /** Asks all agents to end early, each with what it has measured of at most so many attempts. */
  stop(attempts: number): void {
    for (const agent of this.#agents) agent.stop(attempts);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent[Symbol.asyncDispose]()));
  }
}
