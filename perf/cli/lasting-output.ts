import { Writable } from 'node:stream';

/**
 * A stream to write to in place of this one, which stays when that one fails: what is piped into it flows on, to nowhere. Vitest waits
 * for the last output of its workers, and would do so for ever once a full disk or a closed pipe had cut them off.
 */
export const lastingOutput = (output: NodeJS.WriteStream): Writable => {
  const lasting = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      output.write(chunk);
      done();
    },
  });
  // Whoever writes to it looks for these.
  return Object.defineProperties(lasting, {
    isTTY: { get: () => output.isTTY },
    columns: { get: () => output.columns },
  });
};
