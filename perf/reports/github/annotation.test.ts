import { expect, it } from 'vitest';
import { annotation } from './annotation.ts';

it('is one workflow command, whatever the text holds', () => {
  const line = annotation('warning', 'a: b, c', '100 %\n::error::not ours\r\n\u001b[31mred');
  expect(line).toBe('::warning title=a%3A b%2C c::100 %25%0A: :error::not ours%0Ared');
  expect(line).not.toContain('\n');
});
