import { expect, test } from 'vitest';
import { toAscii } from './to-ascii.ts';

test.each([
  ['✓ p95 ≤ 3 – ± 1 ms …', '+ p95 <= 3 - +/- 1 ms ...'],
  ['▁▂▃▄▅▆▇█ ░', '.:-=+*%# .'],
  ['\u001B[31mred\u001B[39m', '\u001B[31mred\u001B[39m'],
  ['日本 😀', '?? ?'],
])('%s becomes %s', (text, ascii) => {
  expect(toAscii(text)).toBe(ascii);
});
