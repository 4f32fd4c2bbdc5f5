import { answers, ends, first, fragments, frame, group, hears, text } from './build-cases.ts';
import { message } from './reaction.ts';

const code = (value: number): readonly number[] => [value >> 8, value & 0xff];
const latin1 = (bytes: readonly number[]): string => Buffer.from(bytes).toString('latin1');
const tenPings = Array.from({ length: 10 }, (_, index) => `ping ${String(index)}`);

const pings = group(
  'Pings and pongs',
  ['a ping of 0 bytes', '5.5.2', [frame(first.ping)], answers('')],
  ['a ping of 5 bytes', '5.5.2', [frame(first.ping, 'hello')], answers('hello')],
  ['a ping of 125 bytes', '5.5.2', [frame(first.ping, 'x'.repeat(125))], answers('x'.repeat(125))],
  [
    'a ping whose bytes are no text',
    '5.5.2',
    [frame(first.ping, [0, 255, 254, 253])],
    answers(latin1([0, 255, 254, 253])),
  ],
  ['ten pings', '5.5.2', tenPings.map((one) => frame(first.ping, one)), answers(...tenPings)],
  [
    'a ping, each byte in a read of its own',
    '5.5.2',
    [frame(first.ping, 'hello')],
    answers('hello'),
    { arrival: 'byte by byte' },
  ],
  ['a ping before a text', '5.5.2', [frame(first.ping, 'p'), text('a')], { ...answers('p'), heard: ['a'] }],
  ['a ping of 126 bytes', '5.5', [frame(first.ping, 'x'.repeat(126))], ends(1_002)],
  ['a ping in fragments', '5.5', [frame(0x09, 'p'), frame(first.last, 'q')], ends(1_002)],
  ['a pong that nobody asked for', '5.5.3', [frame(first.pong, 'p')], hears()],
  ['a pong of 125 bytes', '5.5.3', [frame(first.pong, 'x'.repeat(125))], hears()],
  ['a pong of 126 bytes', '5.5', [frame(first.pong, 'x'.repeat(126))], ends(1_002)],
  ['a pong in fragments', '5.5', [frame(0x0a, 'p'), frame(first.last, 'q')], ends(1_002)],
);

const valid: readonly (readonly [what: string, text: string])[] = [
  ['of 2 bytes', 'é'],
  ['of 3 bytes', '€'],
  ['of 4 bytes', '😀'],
  ['U+D7FF, the last before the surrogates', '\uD7FF'],
  ['U+E000, the first after them', '\uE000'],
  ['U+FFFF', '\uFFFF'],
  ['U+10FFFF, the last', '\u{10FFFF}'],
];
const invalid: readonly (readonly [what: string, bytes: readonly number[]])[] = [
  ['a continuation byte alone', [0x80]],
  ['a character that is not complete', [0x61, 0xe2, 0x82]],
  ['/ in 2 bytes', [0xc0, 0xaf]],
  ['/ in 3 bytes', [0xe0, 0x80, 0xaf]],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
  ['a character after U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ['a character of 5 bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ['byte FE', [0xfe]],
  ['byte FF', [0xff]],
];

const utf8 = group(
  'UTF-8',
  ...valid.map(([what, id]) => [`a character ${what}`, '8.1', [text(id)], hears(id)] as const),
  ...invalid.map(
    ([what, bytes]) => [`${what} in a text`, '8.1', [frame(first.text, bytes)], ends(1_007)] as const,
  ),
  [
    'one in two fragments of a text',
    '8.1',
    [frame(first.beginText, [0xed, 0xa0]), frame(first.last, [0x80])],
    ends(1_007),
  ],
  ['one in the reason of a close', '5.5.1', [frame(first.close, [...code(1_000), 0xff])], ends(1_007)],
);

const sendable = [
  1_000, 1_001, 1_002, 1_003, 1_007, 1_008, 1_009, 1_010, 1_011, 1_012, 1_013, 1_014, 3_000, 3_999, 4_000,
  4_999,
];
const unsendable = [0, 999, 1_004, 1_005, 1_006, 1_015, 1_016, 1_100, 2_000, 2_999, 5_000, 65_535];

const closing = group(
  'Closing',
  ['a close without a code', '5.5.1', [frame(first.close)], ends('without a code')],
  ...sendable.map(
    (one) => [`a close with ${String(one)}`, '7.4', [frame(first.close, code(one))], ends(one)] as const,
  ),
  [
    'a close with a reason',
    '5.5.1',
    [frame(first.close, [...code(1_001), ...Buffer.from('bye')])],
    ends(1_001),
  ],
  [
    'a close with a reason of 123 bytes',
    '5.5.1',
    [frame(first.close, [...code(1_001), ...Buffer.alloc(123, 'x')])],
    ends(1_001),
  ],
  [
    'a close with a reason of 124 bytes',
    '5.5',
    [frame(first.close, [...code(1_001), ...Buffer.alloc(124, 'x')])],
    ends(1_002),
  ],
  ['a close of one byte', '5.5.1', [frame(first.close, [0x03])], ends(1_002)],
  ['a close in fragments', '5.5', [frame(0x08, code(1_001))], ends(1_002)],
  ...unsendable.map(
    (one) => [`a close with ${String(one)}`, '7.4', [frame(first.close, code(one))], ends(1_002)] as const,
  ),
  ['a text, then a close', '5.5.1', [text('a'), frame(first.close, code(1_001))], ends(1_001, ['a'])],
  [
    'a ping, then a close',
    '5.5.1',
    [frame(first.ping, 'p'), frame(first.close, code(1_001))],
    { ...answers('p'), closeCode: 1_001 },
  ],
  ['a close, then a text', '5.5.1', [frame(first.close, code(1_001)), text('a')], ends(1_001)],
  ['a close, then a ping', '5.5.1', [frame(first.close, code(1_001)), frame(first.ping, 'p')], ends(1_001)],
  [
    'a close, then another',
    '5.5.1',
    [frame(first.close, code(1_001)), frame(first.close, code(1_002))],
    ends(1_001),
  ],
  [
    'a close, then what breaks the protocol',
    '5.5.1',
    [frame(first.close, code(1_001)), frame(0x83, message('a'))],
    ends(1_001),
  ],
  [
    'a close, each byte in a read of its own',
    '5.5.1',
    [frame(first.close, code(1_001))],
    ends(1_001),
    { arrival: 'byte by byte' },
  ],
  [
    'a message in fragments, then a close',
    '5.5.1',
    [...fragments('a', [4]), frame(first.close, code(1_001))],
    ends(1_001, ['a']),
  ],
);

const ofServer = ends(1_007, ['error not_json']);
const afterItsOwn = { answersClose: true, ofServer };

const answering = group(
  'After a close of its own (the generator’s 1000, the server’s 1007 to what is no JSON), then the end of the line',
  ['the close it asked for', '7.1.2', [frame(first.close, code(1_000))], ends(1_000), afterItsOwn],
  ['a close with another code', '7.1.5', [frame(first.close, code(4_000))], ends(1_000), afterItsOwn],
  ['a close without a code', '7.1.5', [frame(first.close)], ends(1_000), afterItsOwn],
  [
    'a text that was on its way, then a close',
    '5.5.1',
    [text('a'), frame(first.close, code(1_000))],
    ends(1_000, ['a']),
    afterItsOwn,
  ],
  [
    'a ping that was on its way, then a close',
    '5.5.1',
    [frame(first.ping, 'p'), frame(first.close, code(1_000))],
    ends(1_000),
    afterItsOwn,
  ],
  ['what breaks the protocol', '7.1.7', [frame(0x83, 'a')], ends(1_000), afterItsOwn],
  ['nothing', '7.1.4', [], ends(1_000), afterItsOwn],
);

/** What is about control frames and text. */
export const controlCases = [...pings, ...utf8, ...closing, ...answering];
