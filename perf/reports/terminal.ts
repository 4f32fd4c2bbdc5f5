import type { Redact } from '../harness/record/redact.ts';
import { LiveArea, type TerminalStream } from './live/live-area.ts';
import { toAscii } from './live/to-ascii.ts';

/** Where a `Terminal` writes to, as far as it needs to know. */
export type OutputStream = TerminalStream & { readonly isTTY?: boolean };

/** What a terminal can show, and what it must not. */
export interface TerminalOptions {
  readonly redact: Redact;
  /** Lines may be redrawn, where it is a terminal at all: no CI log, and none that knows no escape sequences. */
  readonly mayRedraw: boolean;
  readonly isAscii?: boolean;
  /** Other streams that end on the same screen. */
  readonly neighbours?: readonly OutputStream[];
}

/** The place that people watch: lines that stay, and below them a few that are redrawn where that is possible. */
export class Terminal {
  /** Lines can be redrawn. */
  readonly isInteractive: boolean;
  readonly #stream: OutputStream;
  readonly #options: TerminalOptions;
  readonly #live: LiveArea | null;

  constructor(stream: OutputStream, options: TerminalOptions) {
    // A terminal without a size, as some recorders are, can not be redrawn either.
    this.isInteractive = stream.isTTY === true && (stream.columns ?? 0) > 0 && options.mayRedraw;
    this.#stream = stream;
    this.#options = options;
    const neighbours = (options.neighbours ?? []).filter(({ isTTY }) => isTTY === true);
    this.#live = this.isInteractive ? new LiveArea(stream, neighbours) : null;
  }

  /** How many columns there are; null where it is no terminal, or none with a size. */
  get columns(): number | null {
    return this.#stream.isTTY === true ? this.#stream.columns || null : null;
  }

  /** Prints lines that stay. */
  print(lines: readonly string[]): void {
    if (lines.length > 0) this.#stream.write(this.#text(`${lines.join('\n')}\n`));
  }

  /** Replaces the redrawn lines; nothing where lines can not be redrawn. */
  redraw(lines: readonly string[]): void {
    this.#live?.draw(lines.map((line) => this.#text(line)));
  }

  /** Takes the redrawn lines away. */
  clear(): void {
    this.#live?.clear();
  }

  #text(text: string): string {
    const { redact, isAscii = false } = this.#options;
    return isAscii ? toAscii(redact(text)) : redact(text);
  }
}
