import { fileURLToPath } from 'node:url';
import { HarnessError } from '../harness-error.ts';
import type { FromAgent, ToAgent } from './agent-protocol.ts';
import type { AgentProgress, AgentResult } from './agent-result.ts';
import { GeneratorChild } from './generator-child.ts';
import type { Stage } from './meeting-point.ts';
import type { LoadPlan, Share } from './plan.ts';

/** How long an agent may take to be ready, ms. */
const defaultStartAllowanceMs = 20_000;
/** How long an agent that was told to end may take to send what it has, ms, and more for each of its attempts. */
const stopAllowanceMs = 5_000;
const stopAllowancePerAttemptMs = 1;

// Beside this file, as TypeScript in the repository and as JavaScript in the package.
const agentFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './agent-main.ts' : './agent-main.js', import.meta.url),
);

/** How an agent is started. */
export interface AgentOptions {
  readonly plan: LoadPlan;
  readonly share: Share;
  readonly startAllowanceMs?: number;
  /** Options of Node for the process. */
  readonly execArgv?: readonly string[];
}

/** Hears from an agent while it drives its share. */
export interface AgentListener {
  onProgress(progress: AgentProgress): void;
  /** It waits for the others. */
  onReached(stage: Stage): void;
}

/** One generator process with its share of a load, from its start to its end. */
export class AgentProcess implements AsyncDisposable {
  readonly #child: GeneratorChild<ToAgent, FromAgent>;
  readonly #share: Share;
  readonly #ready = Promise.withResolvers<void>();
  readonly #result = Promise.withResolvers<AgentResult>();
  readonly #tooSlow: NodeJS.Timeout;
  #phase: 'before it was ready' | 'before its load was over' = 'before it was ready';
  #hears: AgentListener | null = null;

  constructor({ plan, share, startAllowanceMs = defaultStartAllowanceMs, execArgv = [] }: AgentOptions) {
    this.#share = share;
    this.#child = new GeneratorChild({
      file: agentFile,
      execArgv,
      onMessage: (message) => {
        this.#hear(message);
      },
      onEnd: (why) => {
        this.#fail(why);
      },
    });
    // What nobody awaits any more must not become an unhandled rejection.
    this.#ready.promise.catch(() => undefined);
    this.#result.promise.catch(() => undefined);
    this.#tooSlow = setTimeout(() => {
      this.#fail(`it was not ready within ${String(startAllowanceMs)} ms`);
    }, startAllowanceMs);
    this.#child.send({ type: 'prepare', plan, share });
  }

  /** Resolves when it has everything it needs and waits for the start; rejects with AGENT_DIED when it is lost. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Starts its load at an agreed moment of the machine's clock; resolves with what it measured, rejects with AGENT_DIED when it is lost. */
  drive(startAtMachineMs: number, listener: AgentListener): Promise<AgentResult> {
    this.#hears = listener;
    this.#child.send({ type: 'start', startAtMachineMs });
    return this.#result.promise;
  }

  /** All agents have reached a stage. */
  goOn(stage: Stage): void {
    this.#child.send({ type: 'go-on', stage });
  }

  /** Asks for an early end; the result then comes with what was measured, or AGENT_DIED after a while. */
  stop(attempts: number): void {
    this.#child.send({ type: 'stop' });
    const allowanceMs = stopAllowanceMs + attempts * stopAllowancePerAttemptMs;
    setTimeout(() => {
      this.#fail(`it did not end within ${String(allowanceMs)} ms of being told to`);
    }, allowanceMs).unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#tooSlow);
    await this.#child[Symbol.asyncDispose]();
  }

  #hear(message: FromAgent): void {
    switch (message.type) {
      case 'ready':
        clearTimeout(this.#tooSlow);
        this.#phase = 'before its load was over';
        this.#ready.resolve();
        break;
      case 'reached':
        this.#hears?.onReached(message.stage);
        break;
      case 'progress':
        this.#hears?.onProgress(message.progress);
        break;
      case 'result':
        this.#result.resolve(message.result);
        break;
      default:
        message satisfies never;
    }
  }

  #fail(why: string): void {
    clearTimeout(this.#tooSlow);
    const { part, of } = this.#share;
    const output = this.#child.errorOutput;
    const error = new HarnessError(
      'AGENT_DIED',
      `Load agent ${String(part + 1)} of ${String(of)} (process ${String(this.#child.pid ?? 'not started')}) ended ${this.#phase}: ${why}. ` +
        'The run counts for nothing, and the other agents were stopped.' +
        (output === '' ? ' Run again; if it repeats, look for a shortage of memory.' : `\n${output}`),
    );
    this.#ready.reject(error);
    this.#result.reject(error);
  }
}
