import { Writable } from 'node:stream';
import xterm from '@xterm/headless';
import type { OutputStream } from '../../terminal.ts';

/** A terminal that nobody sees: what was written to it, as it would stand on the screen. */
export interface Screen {
  readonly stream: OutputStream;
  /** A second stream that ends on the same screen. */
  readonly errorStream: OutputStream;
  readonly write: (bytes: string) => void;
  readonly resize: (columns: number) => void;
  /** All lines from the first that scrolled out to the last that is not empty. */
  readonly lines: () => Promise<readonly string[]>;
  /** False after something hid it and nothing showed it again. */
  readonly showsCursor: boolean;
}

/** Opens a screen of this size; lines that become too long for it are broken anew, as most terminals do. */
export const openScreen = (columns: number, rows = 24): Screen => {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  // The kernel's terminal makes a carriage return and a line feed of each line feed.
  const write = (bytes: string): void => {
    terminal.write(bytes.replaceAll(/\r?\n/gu, '\r\n'));
  };
  const open = (): OutputStream =>
    Object.assign(
      new Writable({
        decodeStrings: false,
        write: (chunk: string | Buffer, _encoding, done) => {
          write(chunk.toString());
          done();
        },
      }),
      { isTTY: true, columns, rows },
    );
  let showsCursor = true;
  for (const [final, shows] of [
    ['h', true],
    ['l', false],
  ] as const)
    terminal.parser.registerCsiHandler({ prefix: '?', final }, (parameters) => {
      if (parameters.includes(25)) showsCursor = shows;
      return false;
    });
  const stream = open();
  return {
    stream,
    errorStream: open(),
    write,
    resize: (narrower) => {
      terminal.resize(narrower, rows);
      Object.assign(stream, { columns: narrower });
      stream.emit('resize');
    },
    lines: async () => {
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      await new Promise<void>((resolve) => {
        terminal.write('', resolve);
      });
      const { active } = terminal.buffer;
      const all = Array.from(
        { length: active.length },
        (_, row) => active.getLine(row)?.translateToString(true) ?? '',
      );
      return all.slice(0, all.findLastIndex((line) => line !== '') + 1);
    },
    get showsCursor() {
      return showsCursor;
    },
  };
};
