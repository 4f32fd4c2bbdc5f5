import { readFile } from 'node:fs/promises';

/** How often a full queue of a listening socket made this machine drop a connection, since it started; 0 where unknown. */
export const listenOverflows = async (): Promise<number> => {
  const text = await readFile('/proc/net/netstat', 'utf8').catch(() => '');
  const [names = '', values = ''] = text.split('\n').filter((line) => line.startsWith('TcpExt:'));
  const position = names.split(' ').indexOf('ListenOverflows');
  return position === -1 ? 0 : Number(values.split(' ')[position] ?? 0);
};
