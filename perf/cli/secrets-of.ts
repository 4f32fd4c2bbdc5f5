import type { TargetRequest } from '../../fixtures/targets/index.ts';

const secretHeader = /auth|cookie|key|secret|token/iu;

/** What of a target must not be printed or written: its tokens, and headers that carry something like them. */
export const secretsOf = ({
  tokens,
  headers,
}: Pick<TargetRequest, 'tokens' | 'headers'>): readonly string[] => [
  ...tokens,
  ...Object.entries(headers).flatMap(([name, value]) => (secretHeader.test(name) ? [value] : [])),
];
