const substitutes: Readonly<Record<string, string>> = {
  '▁': '.',
  '▂': ':',
  '▃': '-',
  '▄': '=',
  '▅': '+',
  '▆': '*',
  '▇': '%',
  '█': '#',
  '░': '.',
  '│': '|',
  '✓': '+',
  '✗': 'x',
  '…': '...',
  '–': '-',
  '−': '-',
  '·': '|',
  '’': "'",
  '“': '"',
  '”': '"',
  '≥': '>=',
  '≤': '<=',
  '±': '+/-',
  '→': '->',
  µ: 'u',
};

/** Text for a terminal that has no more than ASCII: blocks and signs by what comes closest, all else as `?`. */
export const toAscii = (text: string): string =>
  text.replaceAll(/\P{ASCII}/gu, (character) => substitutes[character] ?? '?');
