/**
 * Whether a terminal shows more than ASCII, by the character set of its locale (POSIX: LC_ALL before LC_CTYPE before LANG).
 * Where none is said it does, but for Linux's console without a desktop, whose font has no blocks.
 */
export const showsUnicode = (environment: Readonly<Record<string, string | undefined>>): boolean => {
  const locale = [environment.LC_ALL, environment.LC_CTYPE, environment.LANG].find(
    (value) => value !== undefined && value !== '',
  );
  return locale === undefined ? environment.TERM !== 'linux' : /utf-?8/iu.test(locale);
};
