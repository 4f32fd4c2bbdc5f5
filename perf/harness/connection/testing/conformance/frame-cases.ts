import { answers, ends, first, fragments, frame, group, hears, text, textOf } from './build-cases.ts';
import { message } from './reaction.ts';

const refusesBinary = { ofServer: hears('error binary') };
const largest = 2n ** 63n;

/** Longer ones end the connection, bytes. */
export const longestMessageBytes = 140_000;

const framing = group(
  'Frames',
  ['a text', '5.2', [text('a')], hears('a')],
  ['three texts in one read', '5.2', [text('a'), text('b'), text('c')], hears('a', 'b', 'c')],
  ['a text, each byte in a read of its own', '5.2', [text('a')], hears('a'), { arrival: 'byte by byte' }],
  [
    'a text of 0 bytes (the server: no JSON)',
    '5.6',
    [frame(first.text)],
    hears(''),
    { ofServer: ends(1_007, ['error not_json']) },
  ],
  ...[125, 126, 127, 65_535, 65_536].map(
    (bytes) =>
      [
        `a text of ${String(bytes)} bytes`,
        '5.2',
        [textOf(bytes)],
        hears('x'.repeat(bytes - message('').length)),
      ] as const,
  ),
  ['a binary message', '5.6', [frame(first.binary, message('a'))], hears('a'), refusesBinary],
  [
    'a length in 2 bytes that fits into 7 bits (tolerated, though no sender may)',
    '5.2',
    [frame(first.text, message('a'), { lengthBytes: 2 })],
    hears('a'),
  ],
  [
    'a length in 8 bytes that fits into 7 bits (tolerated, though no sender may)',
    '5.2',
    [frame(first.text, message('a'), { lengthBytes: 8 })],
    hears('a'),
  ],
  [
    'a frame masked by a server, or not by a client',
    '5.1',
    [frame(first.text, message('a'), { isMaskedWrongly: true })],
    ends(1_002),
  ],
);

const reserved = group(
  'Reserved bits and opcodes',
  ...[0x40, 0x20, 0x10].flatMap((bit, index) =>
    (
      [
        ['a text', [frame(first.text | bit, message('a'))]],
        ['a ping', [frame(first.ping | bit, 'a')]],
        [
          'the last fragment',
          fragments('a', [5]).map((one, at) => (at === 0 ? one : frame(first.last | bit, one.payload))),
        ],
      ] as const
    ).map(
      ([what, frames]) =>
        [
          `reserved bit ${String(index + 1)} in ${what}, nothing negotiated`,
          '5.2',
          frames,
          ends(1_002),
        ] as const,
    ),
  ),
  ...[0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf].map(
    (opcode) =>
      [
        `opcode ${opcode.toString(16).toUpperCase()}`,
        '5.2',
        [frame(0x80 | opcode, 'a')],
        ends(1_002),
      ] as const,
  ),
  ['a text, then opcode 3', '5.2', [text('a'), frame(0x83, 'a')], ends(1_002, ['a'])],
);

const between = (id: string) => {
  const [begin, end] = fragments(id, [8]);
  if (begin === undefined || end === undefined) throw new Error('There are two fragments.');
  return { begin, end };
};
const a = between('a');

const fragmentation = group(
  'Fragmentation',
  ['two fragments', '5.4', fragments('a', [8]), hears('a')],
  ['three fragments', '5.4', fragments('a', [3, 9]), hears('a')],
  ['three fragments, the first empty', '5.4', fragments('a', [0, 9]), hears('a')],
  ['three fragments, the second empty', '5.4', fragments('a', [9, 0]), hears('a')],
  ['three fragments, the last empty', '5.4', fragments('a', [9, message('a').length - 9]), hears('a')],
  [
    'a fragment for each byte',
    '5.4',
    fragments(
      'a',
      Array.from({ length: message('a').length - 1 }, () => 1),
    ),
    hears('a'),
  ],
  [
    'two fragments, each byte in a read of its own',
    '5.4',
    fragments('a', [8]),
    hears('a'),
    { arrival: 'byte by byte' },
  ],
  [
    'a character of 4 bytes cut in two',
    '5.6',
    fragments('😀', [message('😀').indexOf('😀') + 2]),
    hears('😀'),
  ],
  ['two messages in fragments', '5.4', [...fragments('a', [4]), ...fragments('b', [4])], hears('a', 'b')],
  ['fragments of a binary message', '5.4', fragments('a', [8], first.beginBinary), hears('a'), refusesBinary],
  [
    'a ping between two fragments',
    '5.4',
    [a.begin, frame(first.ping, 'p'), a.end],
    { ...answers('p'), heard: ['a'] },
  ],
  ['a pong between two fragments', '5.4', [a.begin, frame(first.pong, 'p'), a.end], hears('a')],
  [
    'pings between all of three fragments',
    '5.4',
    fragments('a', [3, 9]).flatMap((one, at) => [frame(first.ping, String(at)), one]),
    { ...answers('0', '1', '2'), heard: ['a'] },
  ],
  ['a close between two fragments', '5.5.1', [a.begin, frame(first.close, [0x03, 0xe9]), a.end], ends(1_001)],
  [
    'a message that never ends, then a close',
    '5.5.1',
    [a.begin, frame(first.close, [0x03, 0xe9])],
    ends(1_001),
  ],
  ['a last fragment of nothing', '5.4', [a.end], ends(1_002)],
  ['a middle fragment of nothing', '5.4', [frame(first.middle, 'a')], ends(1_002)],
  ['a last fragment after the last', '5.4', [a.begin, a.end, a.end], ends(1_002, ['a'])],
  ['a text between two fragments', '5.4', [a.begin, text('b'), a.end], ends(1_002)],
  ['another first fragment between two', '5.4', [a.begin, a.begin, a.end], ends(1_002)],
);

const limits = group(
  'Size (the limit of both is 140,000 bytes here)',
  ['a text of 70,000 bytes', '10.4', [textOf(70_000)], hears('x'.repeat(70_000 - message('').length))],
  [
    'a frame that says it has 140,001 bytes',
    '10.4',
    [frame(first.text, 'a', { announcedBytes: BigInt(longestMessageBytes + 1) })],
    ends(1_009),
  ],
  [
    'two fragments that say they have 140,001 bytes together',
    '10.4',
    [
      frame(first.beginText, 'x'.repeat(80_000)),
      frame(first.last, 'a', { announcedBytes: BigInt(longestMessageBytes + 1 - 80_000) }),
    ],
    ends(1_009),
  ],
  [
    'a frame that says it has 2^62 bytes',
    '10.4',
    [frame(first.text, 'a', { announcedBytes: largest / 2n })],
    ends(1_009),
  ],
  [
    'a length whose first bit is set, as no length may have',
    '5.2',
    [frame(first.text, 'a', { announcedBytes: largest })],
    ends(1_009),
  ],
);

/** What is about frames and messages. */
export const frameCases = [...framing, ...reserved, ...fragmentation, ...limits];
