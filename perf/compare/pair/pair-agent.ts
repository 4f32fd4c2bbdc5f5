import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { generatorEnvironment } from '../../harness/load/generator-environment.ts';
import { HarnessError } from '../../harness/harness-error.ts';
import type { PairReply, PairRequest } from './pair-protocol.ts';

/** Longest that one request may take, ms: far more than any server that can be compared needs. */
const answerWithinMs = 120_000;
const keptErrorBytes = 4_000;

// Beside this file, as TypeScript in the repository and as JavaScript in the package.
const agentFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './pair-agent-main.ts' : './pair-agent-main.js', import.meta.url),
);

/** The process that operates on both servers in turns: away from the coordinator, its output and its collections of garbage. */
export class PairAgent implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited = Promise.withResolvers<void>();
  #errorOutput = '';
  #awaited: PromiseWithResolvers<PairReply> | null = null;
  #ending: string | null = null;

  private constructor() {
    this.#child = fork(agentFile, [], {
      env: generatorEnvironment(),
      execArgv: [],
      serialization: 'advanced',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-keptErrorBytes);
    });
    this.#child.on('message', (reply: PairReply) => {
      this.#awaited?.resolve(reply);
    });
    this.#child.on('error', (error) => {
      this.#end(error.message);
    });
    this.#child.on('exit', () => {
      this.#exited.resolve();
    });
    this.#child.on('close', (code, signal) => {
      this.#end(signal === null ? `exit code ${String(code)}` : `signal ${signal}`);
    });
  }

  /** Starts the process and waits until it listens. */
  static async start(): Promise<PairAgent> {
    const agent = new PairAgent();
    try {
      await agent.#reply();
      return agent;
    } catch (error) {
      await agent[Symbol.asyncDispose]();
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Asks for one thing and waits for its answer; only one is under way at a time. */
  async ask<Type extends PairReply['type']>(
    request: PairRequest,
    expected: Type,
  ): Promise<Extract<PairReply, { type: Type }>> {
    if (this.#child.connected) this.#child.send(request, () => undefined);
    const reply = await this.#reply();
    if (reply.type !== expected) throw new Error(`Asked to ${request.type}, and was answered ${reply.type}.`);
    return reply as Extract<PairReply, { type: Type }>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined) {
      this.#child.kill('SIGKILL');
      await this.#exited.promise;
    }
  }

  async #reply(): Promise<PairReply> {
    const awaited = Promise.withResolvers<PairReply>();
    this.#awaited = awaited;
    if (this.#ending !== null) this.#end(this.#ending);
    const timer = setTimeout(() => {
      this.#end(`no answer within ${String(answerWithinMs)} ms`);
    }, answerWithinMs);
    try {
      return await awaited.promise;
    } finally {
      clearTimeout(timer);
      this.#awaited = null;
    }
  }

  #end(why: string): void {
    this.#ending ??= why;
    const output = this.#errorOutput.trim();
    this.#awaited?.reject(
      new HarnessError(
        'AGENT_DIED',
        `The process that operates on both servers ended before its block was over: ${why}. Run again.${output === '' ? '' : `\n${output}`}`,
      ),
    );
  }
}
