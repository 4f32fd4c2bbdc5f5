import { startClock } from '../../clock.ts';
import { openConnection } from '../../open-connection.ts';
import { dialSettings, dialTo, listening } from '../dial-to.ts';
import { onRequest, startRawServer, switchingProtocols } from '../raw-server.ts';
import { parseFrames } from './parse-frames.ts';
import { idOf, readAnswers, type Reaction } from './reaction.ts';
import { writeStream, type Arrival } from './write-stream.ts';

/**
 * What the generator makes of what a server sends it after the 101, or as the answer to its close and then ends the line; the
 * stream must make it close.
 */
export const observeGenerator = async (
  stream: Buffer,
  {
    arrival,
    answersClose,
    maxMessageBytes,
  }: { readonly arrival: Arrival; readonly answersClose: boolean; readonly maxMessageBytes: number },
): Promise<Reaction> => {
  const received: Buffer[] = [];
  await using server = await startRawServer((socket) => {
    onRequest(socket, (request) => {
      socket.on('data', (data) => received.push(data));
      socket.write(switchingProtocols(request));
      if (answersClose) socket.once('data', () => socket.end(stream));
      else void writeStream(socket, stream, arrival);
    });
  });
  const heard = listening();
  const opening = await openConnection(
    dialTo(server.url),
    dialSettings({ maxMessageBytes }),
    startClock(),
    heard,
  );
  if (opening.outcome === 'failed') throw new Error(`It did not open: ${JSON.stringify(opening.failure)}`);
  if (answersClose) opening.socket.close(1_000);
  await heard.closed;
  await server.allClosed();
  const frames = parseFrames(Buffer.concat(received));
  if (!frames.every(({ isMasked }) => isMasked)) throw new Error('A client has to mask what it sends.');
  return { heard: heard.messages.map(idOf), ...readAnswers(frames) };
};
