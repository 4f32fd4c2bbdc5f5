/** What a server could say as the reason of a close frame, which holds 123 bytes. */
export const hostileReason =
  '=cmd()|"<script>alert(1)</script>\u001B[2J\r\n::error::x\n##[error]y\u202E@all `a` %0A ]]>';

/** What a server could say where there is room: formulas, markup of all kinds, escape sequences, commands to GitHub. */
export const hostileText = [
  '=cmd()',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '\u001B[31mred\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007\u0000\u009B2J',
  '::error file=x::not ours',
  '::stop-commands::token',
  '##[error]not ours',
  '| [click](https://evil.example) ``` @all ]]> & "quoted" \'single\'',
  '\u202Edrawkcab\uD800\uFFFE',
  '+1-1@SUM(A1)\t,;',
].join('\r\n');
