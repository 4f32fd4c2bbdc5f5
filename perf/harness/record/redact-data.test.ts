import { expect, test } from 'vitest';
import { redactData } from './redact-data.ts';
import { redactSecrets } from './redact.ts';

test('a secret is taken out of texts at any depth, and out of nothing else', () => {
  const data = {
    outcome: 'refused',
    count: 1234,
    failures: [{ reason: 'refused', detail: 'refused 1234' }],
    refused: { histogram: 'AA1234AA' },
  };
  expect(redactData(data, redactSecrets(['1234', 'refused']))).toEqual({
    ...data,
    failures: [{ reason: 'refused', detail: '[token] [token]' }],
  });
});
