import { createLogUpdate } from 'log-update';
import type { Redact } from '../harness/record/redact.ts';

/** Where a `Terminal` writes to, as far as it needs to know. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** The place that people watch: lines that stay, and below them a few that are redrawn where that is possible. */
export class Terminal {
  /** Lines can be redrawn: a terminal, and no CI log. */
  readonly isInteractive: boolean;
  readonly #stream: OutputStream;
  readonly #redact: Redact;
  readonly #update: ReturnType<typeof createLogUpdate> | null;

  constructor(stream: OutputStream, options: { readonly redact: Redact; readonly isCi: boolean }) {
    // A terminal without a size, as some recorders are, can not be redrawn either.
    this.isInteractive = stream.isTTY === true && (stream.columns ?? 0) > 0 && !options.isCi;
    this.#stream = stream;
    this.#redact = options.redact;
    this.#update = this.isInteractive ? createLogUpdate(stream) : null;
  }

  /** Prints lines that stay. */
  print(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#update?.clear();
    this.#stream.write(this.#redact(`${lines.join('\n')}\n`));
  }

  /** Replaces the redrawn lines; nothing where lines can not be redrawn. */
  redraw(lines: readonly string[]): void {
    if (this.#update === null) return;
    const width = (this.#stream.columns ?? 0) - 1;
    this.#update(this.#redact(lines.join('\n')).replaceAll(/^.*$/gmu, (line) => line.slice(0, width)));
  }

  /** Takes the redrawn lines away and shows the cursor again. */
  clear(): void {
    this.#update?.clear();
    this.#update?.done();
  }
}
