import { expect, test } from 'vitest';
import { showsUnicode } from './shows-unicode.ts';

test.each([
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'de_DE.utf8' }, true],
  [{ LANG: 'C' }, false],
  [{ LANG: 'en_US.ISO-8859-1' }, false],
  [{ LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, true],
  [{ TERM: 'xterm-256color' }, true],
  [{ TERM: 'linux' }, false],
  [{ TERM: 'linux', LANG: 'C.UTF-8' }, true],
])('with %j more than ASCII is shown: %s', (environment, shows) => {
  expect(showsUnicode(environment)).toBe(shows);
});
