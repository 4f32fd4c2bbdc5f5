/** The reference server's ping; its pong gives both fields back. */
export const pingMessage = (id: number): string =>
  `{"type":"ping","id":${String(id)},"sentAt":${String(Date.now())}}`;

// The pong as the reference server writes it; the fields after the id may be missing.
const beforeId = Buffer.from('{"type":"pong","id":');
const fieldsAfterId = [Buffer.from(',"sentAt":'), Buffer.from(',"serverTime":')];
const bytes = { zero: 0x30, nine: 0x39, closingBrace: 0x7d } as const;
/** As many digits as surely make a safe integer. */
const mostDigits = 15;

const startsWith = (data: Buffer, at: number, expected: Buffer): boolean => {
  for (let offset = 0; offset < expected.length; offset += 1)
    if (data[at + offset] !== expected[offset]) return false;
  return true;
};

/** Where the whole number that begins at `from` ends; `from` where none does, as JSON writes it. */
const endOfNumber = (data: Buffer, from: number): number => {
  let at = from;
  for (; at < data.length; at += 1) {
    const byte = data[at] as number;
    if (byte < bytes.zero || byte > bytes.nine) break;
  }
  const isJson = at - from === 1 || data[from] !== bytes.zero;
  return isJson && at - from <= mostDigits ? at : from;
};

/** The id of a pong that is written plainly, without the cost of parsing it; null for whatever has to be parsed. */
export const plainPongId = (data: Buffer): number | null => {
  if (!startsWith(data, 0, beforeId)) return null;
  let at = endOfNumber(data, beforeId.length);
  if (at === beforeId.length) return null;
  let id = 0;
  for (let digit = beforeId.length; digit < at; digit += 1)
    id = id * 10 + (data[digit] as number) - bytes.zero;
  for (const field of fieldsAfterId) {
    if (!startsWith(data, at, field)) continue;
    const end = endOfNumber(data, at + field.length);
    if (end === at + field.length) return null;
    at = end;
  }
  return data[at] === bytes.closingBrace && at + 1 === data.length ? id : null;
};
