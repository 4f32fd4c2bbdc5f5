import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../harness-error.ts';
import type { FromAgent, ToAgent } from './agent-protocol.ts';
import type { AgentProgress, AgentResult } from './agent-result.ts';

/** How long an agent may take to start, ms. */
const startAllowanceMs = 20_000;
/** How long an agent that was told to end may take to send what it has, ms. */
const stopAllowanceMs = 5_000;
const keptErrorBytes = 4_000;

// Beside this file, as TypeScript in the repository and as JavaScript in the package.
const agentFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './agent-main.ts' : './agent-main.js', import.meta.url),
);

/** The runner's own variables have no business in a generator. */
const agentEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|VITE_|NODE_OPTIONS$|PERF_TOKEN)/u.test(name)),
  );

/** One generator process, ready to be given its share. */
export class AgentProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ready = Promise.withResolvers<void>();
  readonly #result = Promise.withResolvers<AgentResult>();
  readonly #exited = Promise.withResolvers<void>();
  #onProgress: (progress: AgentProgress) => void = () => undefined;
  #errorOutput = '';

  private constructor() {
    this.#child = fork(agentFile, [], {
      env: agentEnvironment(),
      execArgv: [],
      serialization: 'advanced',
      // In a process group of its own, so that Ctrl-C in a terminal reaches the coordinator alone.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    // A result that nobody awaits any more must not become an unhandled rejection.
    this.#ready.promise.catch(() => undefined);
    this.#result.promise.catch(() => undefined);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-keptErrorBytes);
    });
    this.#child.on('message', (message: FromAgent) => {
      if (message.type === 'ready') this.#ready.resolve();
      else if (message.type === 'progress') this.#onProgress(message.progress);
      else this.#result.resolve(message.result);
    });
    this.#child.on('error', (error) => {
      this.#fail(error.message);
    });
    this.#child.on('exit', () => {
      this.#exited.resolve();
    });
    // After `exit` a result, or the reason for the end, may still lie in the pipes; after `close` it can not.
    this.#child.on('close', (code, signal) => {
      this.#fail(signal === null ? `exit code ${String(code)}` : `signal ${signal}`);
    });
  }

  /** Starts a generator process and waits until it listens. */
  static async start(): Promise<AgentProcess> {
    const agent = new AgentProcess();
    const tooSlow = setTimeout(() => {
      agent.#fail(`it was not ready within ${String(startAllowanceMs)} ms`);
    }, startAllowanceMs);
    try {
      await agent.#ready.promise;
      return agent;
    } catch (error) {
      await agent[Symbol.asyncDispose]();
      throw error;
    } finally {
      clearTimeout(tooSlow);
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Gives the agent its share; resolves with what it measured, rejects with AGENT_DIED when it is lost. */
  drive(
    start: Omit<Extract<ToAgent, { type: 'start' }>, 'type'>,
    onProgress: (progress: AgentProgress) => void,
  ): Promise<AgentResult> {
    this.#onProgress = onProgress;
    this.#tell({ type: 'start', ...start });
    return this.#result.promise;
  }

  /** Asks for an early end; the result then comes with what was measured, or AGENT_DIED after a while. */
  stop(): void {
    this.#tell({ type: 'stop' });
    setTimeout(() => {
      this.#fail(`it did not end within ${String(stopAllowanceMs)} ms of being told to`);
    }, stopAllowanceMs).unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined) {
      this.#child.kill('SIGKILL');
      await this.#exited.promise;
    }
  }

  #tell(message: ToAgent): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #fail(why: string): void {
    const output = this.#errorOutput.trim();
    const error = new HarnessError(
      'AGENT_DIED',
      `The load generator process ended before its load was over: ${why}. Its run counts for nothing.` +
        (output === '' ? ' Run again; if it repeats, look for a shortage of memory.' : `\n${output}`),
    );
    this.#ready.reject(error);
    this.#result.reject(error);
  }
}
