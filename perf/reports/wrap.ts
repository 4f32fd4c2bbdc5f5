/** Text broken at spaces to lines of at most `width` columns; lines after the first start with `indent`. */
export const wrap = (text: string, width: number, indent = ''): readonly string[] => {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  let line = /^ */u.exec(text)?.[0] ?? '';
  for (const word of text.trimStart().split(' ')) {
    const longer = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (longer.length <= width || line.trim() === '') line = longer;
    else {
      lines.push(line.trimEnd());
      line = `${indent}${word}`;
    }
  }
  return [...lines, line];
};
