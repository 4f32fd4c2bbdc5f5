import { fork, type ChildProcess, type Serializable } from 'node:child_process';
import { generatorEnvironment } from './generator-environment.ts';

const keptErrorBytes = 4_000;

/** How a process that generates load is started, and what hears of it. */
export interface GeneratorChildOptions<Message> {
  /** Path of its main file. */
  readonly file: string;
  /** Options of Node for the process. */
  readonly execArgv?: readonly string[];
  readonly onMessage: (message: Message) => void;
  /** It is gone, or could not be started; `why` is the error, the exit code or the signal. */
  readonly onEnd: (why: string) => void;
}

/** A process that generates load, away from the coordinator, its output and its collections of garbage; killed on disposal. */
export class GeneratorChild<Request extends Serializable, Message> implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited = Promise.withResolvers<void>();
  #errorOutput = '';

  constructor({ file, execArgv = [], onMessage, onEnd }: GeneratorChildOptions<Message>) {
    this.#child = fork(file, [], {
      env: generatorEnvironment(),
      execArgv: [...execArgv],
      serialization: 'advanced',
      // In a process group of its own, so that Ctrl-C in a terminal reaches the coordinator alone.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-keptErrorBytes);
    });
    this.#child.on('message', onMessage);
    this.#child.on('error', (error) => {
      onEnd(error.message);
    });
    this.#child.on('exit', () => {
      this.#exited.resolve();
    });
    // After `exit` a message, or the reason for the end, may still lie in the pipes; after `close` it can not.
    this.#child.on('close', (code, signal) => {
      onEnd(signal === null ? `exit code ${String(code)}` : `signal ${signal}`);
    });
  }

  /** Undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The end of what it wrote to its standard error. */
  get errorOutput(): string {
    return this.#errorOutput.trim();
  }

  /** Sends a message, unless it is gone: its end is heard in any case. */
  send(request: Request): void {
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined) {
      this.#child.kill('SIGKILL');
      await this.#exited.promise;
    }
  }
}
