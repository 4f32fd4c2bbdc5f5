import { once } from 'node:events';
import { connect } from 'node:net';
import { noJson } from './conformance-case.ts';
import { parseFrames, type ReceivedFrame } from './parse-frames.ts';
import { readAnswers, type Reaction } from './reaction.ts';
import { encodeFrame } from './sent-frame.ts';
import { writeStream, type Arrival } from './write-stream.ts';

const endOfHead = '\r\n\r\n';
/** welcome and snapshot */
const greetings = 2;
const firstBytes = { text: 0x81, close: 0x88 } as const;

const readHeard = ({ payload }: ReceivedFrame): string => {
  const answer = JSON.parse(payload.toString('utf8')) as { type: string; id?: string; code?: string };
  return answer.type === 'pong' ? (answer.id ?? '') : `${answer.type} ${answer.code ?? ''}`;
};

const upgradeRequest = ({ host, pathname, search }: URL): string =>
  [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    endOfHead,
  ]
    .join('\r\n')
    .slice(0, -'\r\n'.length);

/**
 * What the reference server makes of what a client sends it once it has been greeted, or as the answer to its close and then
 * ends the line; the stream must make it close.
 */
export const observeServer = async (
  url: URL,
  stream: Buffer,
  { arrival, answersClose }: { readonly arrival: Arrival; readonly answersClose: boolean },
): Promise<Reaction> => {
  let received = Buffer.alloc(0);
  let frames: readonly ReceivedFrame[] = [];
  let hasWritten = false;
  const socket = connect(Number(url.port), url.hostname);
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    const headEnd = received.indexOf(endOfHead);
    if (headEnd === -1) return;
    frames = parseFrames(received.subarray(headEnd + endOfHead.length));
    if (!hasWritten && frames.length >= greetings) {
      hasWritten = true;
      const opening = answersClose ? encodeFrame(noJson, 'client') : stream;
      void writeStream(socket, opening, arrival);
    }
    if (frames.some(({ firstByte }) => firstByte === firstBytes.close))
      socket.end(answersClose ? stream : Buffer.alloc(0));
  });
  socket.write(upgradeRequest(url));
  await once(socket, 'close');
  if (!hasWritten) throw new Error(`It did not open: ${received.toString('latin1')}`);
  if (frames.some(({ isMasked }) => isMasked)) throw new Error('A server must not mask what it sends.');
  const answers = frames.slice(greetings);
  const heard = answers.filter(({ firstByte }) => firstByte === firstBytes.text).map(readHeard);
  return { heard, ...readAnswers(answers) };
};
