import { createLogUpdate } from 'log-update';
import sliceAnsi from 'slice-ansi';
import { stripVTControlCharacters } from 'node:util';

/** A terminal's stream, as far as a live area needs to know it. */
export type TerminalStream = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

const fallbackColumns = 80;
const showCursor = '\u001B[?25h';
const lineFeed = 0x0a;
const eraseRowAbove = '\u001B[1A\u001B[2K';

/**
 * The last lines of a terminal, which are redrawn in place. Whatever else is written there, by whomever, lands above
 * them: they are taken away before it, and drawn again after it.
 */
export class LiveArea {
  readonly #stream: TerminalStream;
  readonly #neighbours: readonly TerminalStream[];
  readonly #update: ReturnType<typeof createLogUpdate>;
  readonly #write: TerminalStream['write'];
  /** Gives the streams back; empty while nothing is to be drawn. */
  #giveBack: (() => void)[] = [];
  #lines: readonly string[] = [];
  /** How wide each of the rows on the screen is now; empty while they are hidden. */
  #drawnWidths: readonly number[] = [];
  #isLineOpen = false;
  #redrawing: NodeJS.Immediate | null = null;

  /** `neighbours`: streams that end on the same screen, as standard error does. */
  constructor(stream: TerminalStream, neighbours: readonly TerminalStream[] = []) {
    this.#stream = stream;
    this.#neighbours = neighbours;
    this.#write = stream.write.bind(stream);
    const own = Object.create(stream, { write: { value: this.#write } }) as NodeJS.WritableStream;
    // A hidden cursor stays hidden when the process is killed; one below the lines disturbs nobody.
    this.#update = createLogUpdate(own, { showCursor: true });
  }

  /** Replaces the lines; each is cut to the width of the terminal. */
  draw(lines: readonly string[]): void {
    this.#lines = lines;
    if (this.#giveBack.length === 0) this.#takeStreams();
    this.#show();
  }

  /** Takes the lines away, until others are drawn. */
  clear(): void {
    this.#hide();
    this.#lines = [];
    if (this.#redrawing !== null) clearImmediate(this.#redrawing);
    this.#redrawing = null;
    for (const giveBack of this.#giveBack.splice(0)) giveBack();
  }

  #columns(): number {
    return this.#stream.columns ?? fallbackColumns;
  }

  #show(): void {
    if (this.#isLineOpen) this.#write('\n');
    this.#isLineOpen = false;
    // A full last column would let some terminals begin a new row.
    const width = Math.max(1, this.#columns() - 1);
    const cut = this.#lines.map((line) => sliceAnsi(line, 0, width));
    this.#update(cut.join('\n'));
    this.#drawnWidths = cut.map((line) => stripVTControlCharacters(line).length);
  }

  #hide(): void {
    if (this.#drawnWidths.length === 0) return;
    const columns = this.#columns();
    // A terminal that became narrower has broken the rows that were drawn in two.
    const broken = this.#drawnWidths.reduce(
      (more, width) => more + Math.max(0, Math.ceil(width / columns) - 1),
      0,
    );
    this.#update.clear();
    if (broken > 0) this.#write(eraseRowAbove.repeat(broken));
    this.#drawnWidths = [];
  }

  #redrawSoon(): void {
    this.#redrawing ??= setImmediate(() => {
      this.#redrawing = null;
      if (!this.#isLineOpen) this.#show();
    });
  }

  #takeStreams(): void {
    // Vitest hides it.
    this.#write(showCursor);
    for (const stream of [this.#stream, ...this.#neighbours]) this.#giveWayOn(stream);
    const onResize = (): void => {
      this.#hide();
      this.#show();
    };
    this.#stream.on('resize', onResize);
    this.#giveBack.push(() => {
      this.#stream.off('resize', onResize);
    });
  }

  #giveWayOn(stream: TerminalStream): void {
    const original: unknown = Reflect.get(stream, 'write');
    const write = stream.write.bind(stream);
    const giveWay = (...given: [string | Uint8Array, ...unknown[]]): boolean => {
      this.#hide();
      this.#isLineOpen = !['\n', lineFeed].includes(given[0].at(-1) ?? '');
      this.#redrawSoon();
      return Reflect.apply(write, stream, given);
    };
    Reflect.set(stream, 'write', giveWay);
    this.#giveBack.push(() => {
      Reflect.set(stream, 'write', original);
    });
  }
}
