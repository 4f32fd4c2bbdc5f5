import * as ws from 'ws';
import { assert, oneof, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { maskedControlFrame, maskedTextFrame, opcodes } from './masked-frame.ts';

// A server's Receiver of `ws`, which `@types/ws` does not declare, is the reference.
const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: { readonly isServer: boolean }) => NodeJS.WritableStream;
};

const heardByServer = (frame: Buffer): string[] => {
  const events: string[] = [];
  const receiver = new Receiver({ isServer: true });
  for (const kind of ['message', 'ping', 'pong', 'error'])
    receiver.on(kind, (data: Buffer) => events.push(`${kind} ${String(data)}`));
  receiver.write(Buffer.from(frame));
  return events;
};

test('a server reads the text that was sent, and nothing else', () => {
  const longer = string({ unit: 'grapheme', minLength: 100, maxLength: 3_000, size: 'max' });
  assert(
    property(oneof(string({ unit: 'binary' }), string({ unit: 'grapheme' }), longer), (text) => {
      const sent = Buffer.from(text).toString();
      expect(heardByServer(maskedTextFrame(text) as Buffer)).toEqual([`message ${sent}`]);
    }),
  );
});

test.for([0, 1, 125, 126, 65_534, 65_535])('text of %i bytes is one frame', (size) => {
  const text = 'ä'.repeat(size / 2) + 'x'.repeat(size % 2);
  expect(heardByServer(maskedTextFrame(text) as Buffer)).toEqual([`message ${text}`]);
});

test.for(['x'.repeat(65_536), 'ä'.repeat(32_768), `${'x'.repeat(65_534)}ä`])(
  'longer text is left to ws (%#)',
  (text) => {
    expect(maskedTextFrame(text)).toBeNull();
  },
);

test('a server reads the pings and pongs that were sent', () => {
  assert(
    property(uint8Array({ maxLength: 125 }), (bytes) => {
      const payload = Buffer.from(bytes);
      expect(heardByServer(maskedControlFrame(opcodes.ping, payload))).toEqual([`ping ${String(payload)}`]);
      expect(heardByServer(maskedControlFrame(opcodes.pong, payload))).toEqual([`pong ${String(payload)}`]);
    }),
  );
  expect(() => maskedControlFrame(opcodes.ping, Buffer.alloc(126))).toThrow('at most 125 bytes, not 126');
});

test('each frame has a masking key of its own', () => {
  const keys = Array.from({ length: 10_000 }, () => (maskedTextFrame('') as Buffer).readUInt32BE(2));
  // Of 10,000 random ones about 0.01 pairs are the same.
  expect(new Set(keys).size).toBeGreaterThan(9_990);
});
