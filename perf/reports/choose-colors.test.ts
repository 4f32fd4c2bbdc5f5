import { expect, test } from 'vitest';
import { chooseColors } from './choose-colors.ts';

test.each([
  ['a terminal', true, true, {}, true],
  ['a pipe', false, true, {}, false],
  ['a pipe with FORCE_COLOR', false, true, { FORCE_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', true, true, { FORCE_COLOR: '0' }, false],
  ['a terminal with NO_COLOR', true, true, { NO_COLOR: '1' }, false],
  ['NO_COLOR beside FORCE_COLOR', true, true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['an empty NO_COLOR', true, true, { NO_COLOR: '' }, true],
  ['a terminal that knows no escape sequences', true, true, { TERM: 'dumb' }, false],
  ['--no-color', true, false, { FORCE_COLOR: '1' }, false],
])('%s', (_what, isTerminal, wanted, environment, isColored) => {
  expect(chooseColors({ isTerminal, wanted, environment }).isColorSupported).toBe(isColored);
});
