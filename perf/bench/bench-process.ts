import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromChild } from './answer-requests.ts';

/** How long a process of the benchmark may take to start, and to leave when asked, ms. */
const startAllowanceMs = 20_000;
const leaveAllowanceMs = 5_000;

const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|VITE_|NODE_OPTIONS$|PERF_)/u.test(name)),
  );

/** One process of the benchmark: it is asked one thing at a time, and gone when disposed of. */
export class BenchProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #exited = Promise.withResolvers<void>();
  #answer = Promise.withResolvers<unknown>();

  private constructor(file: string, profileFolder: string | null, nodeArguments: readonly string[]) {
    this.#name = file;
    this.#child = fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), [], {
      env: environment(),
      execArgv: [
        '--expose-gc',
        ...nodeArguments,
        ...(profileFolder === null ? [] : ['--cpu-prof', '--cpu-prof-dir', profileFolder]),
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#answer.promise.catch(() => undefined);
    this.#child.on('message', (message: FromChild) => {
      if ('error' in message) this.#answer.reject(new Error(`${file}: ${message.error}`));
      else this.#answer.resolve(message.answer);
    });
    const kill = (): void => {
      this.#child.kill('SIGKILL');
    };
    process.once('exit', kill);
    this.#child.on('error', (error) => {
      this.#answer.reject(error);
    });
    this.#child.on('exit', (code, signal) => {
      process.off('exit', kill);
      this.#exited.resolve();
      this.#answer.reject(
        new Error(`${file} ended before it had answered: ${signal ?? `exit code ${String(code)}`}.`),
      );
    });
  }

  /** Starts a file of this folder and waits until it listens. */
  static async start(
    file: string,
    profileFolder: string | null = null,
    nodeArguments: readonly string[] = [],
  ): Promise<BenchProcess> {
    const started = new BenchProcess(file, profileFolder, nodeArguments);
    try {
      await started.#within(startAllowanceMs);
      return started;
    } catch (error) {
      await started[Symbol.asyncDispose]();
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Asks and waits for the answer, at most `withinMs`. */
  async ask(request: object, withinMs: number): Promise<unknown> {
    this.#answer = Promise.withResolvers<unknown>();
    this.#answer.promise.catch(() => undefined);
    this.#child.send(request, (error) => {
      if (error !== null) this.#answer.reject(error);
    });
    return this.#within(withinMs);
  }

  /** Closing the channel asks it to leave, which lets it write a profile; it is killed when it does not. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const kill = setTimeout(() => {
      this.#child.kill('SIGKILL');
    }, leaveAllowanceMs);
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.#exited.promise;
    clearTimeout(kill);
  }

  async #within(limitMs: number): Promise<unknown> {
    const { reject, promise } = this.#answer;
    const tooLate = setTimeout(() => {
      reject(
        new Error(
          `${this.#name} did not answer within ${String(limitMs)} ms: the machine is overloaded. Run again.`,
        ),
      );
    }, limitMs);
    try {
      return await promise;
    } finally {
      clearTimeout(tooLate);
    }
  }
}
