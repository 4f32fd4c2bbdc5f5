import { fileURLToPath } from 'node:url';
import { GeneratorChild } from '../../harness/load/generator-child.ts';
import { HarnessError } from '../../harness/harness-error.ts';
import { aliveEveryMs, type PairReply, type PairRequest } from './pair-protocol.ts';

/** Longest silence of the process, ms: a server may take its time, and the process says that it is at work. */
const silentAtMostMs = 6 * aliveEveryMs;

// Beside this file, as TypeScript in the repository and as JavaScript in the package.
const agentFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './pair-agent-main.ts' : './pair-agent-main.js', import.meta.url),
);

/** The process that operates on both servers in turns. */
export class PairAgent implements AsyncDisposable {
  readonly #child: GeneratorChild<PairRequest, PairReply>;
  #awaited: PromiseWithResolvers<PairReply> | null = null;
  #ending: string | null = null;
  #silence: NodeJS.Timeout | null = null;

  private constructor() {
    this.#child = new GeneratorChild({
      file: agentFile,
      onMessage: (reply) => {
        if (reply.type === 'alive') this.#silence?.refresh();
        else this.#awaited?.resolve(reply);
      },
      onEnd: (why) => {
        this.#end(why);
      },
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
    this.#child.send(request);
    const reply = await this.#reply();
    if (reply.type !== expected) throw new Error(`Asked to ${request.type}, and was answered ${reply.type}.`);
    return reply as Extract<PairReply, { type: Type }>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }

  async #reply(): Promise<PairReply> {
    const awaited = Promise.withResolvers<PairReply>();
    this.#awaited = awaited;
    if (this.#ending !== null) this.#end(this.#ending);
    this.#silence = setTimeout(() => {
      this.#end(`no sign of life within ${String(silentAtMostMs)} ms`);
    }, silentAtMostMs);
    try {
      return await awaited.promise;
    } finally {
      clearTimeout(this.#silence);
      this.#awaited = null;
    }
  }

  #end(why: string): void {
    this.#ending ??= why;
    const output = this.#child.errorOutput;
    this.#awaited?.reject(
      new HarnessError(
        'AGENT_DIED',
        `The process that operates on both servers ended before its block was over: ${why}. Run again.${output === '' ? '' : `\n${output}`}`,
      ),
    );
  }
}
