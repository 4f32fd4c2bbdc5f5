import { record, sample } from 'fast-check';
import { startClock } from '../clock.ts';
import { openConnection } from '../open-connection.ts';
import { dialSettings, dialTo, listening } from './dial-to.ts';
import { cutAt, cuts, mutatedFrameStream } from './frame-stream.ts';
import { onRequest, startRawServer, switchingProtocols } from './raw-server.ts';

const stream = record({ bytes: mutatedFrameStream(2), places: cuts });

/** Has a connection face each of `count` random streams; gives how many closes each was told of. */
export const faceRandomFrames = async (count: number, seed: number): Promise<readonly number[]> => {
  const streams = sample(stream, { numRuns: count, seed });
  await using server = await startRawServer((socket) => {
    onRequest(socket, (request) => {
      socket.setNoDelay(true);
      socket.write(switchingProtocols(request));
      const given = streams[Number(/^GET \/(\d+) /u.exec(request)?.[1])];
      if (given === undefined) return;
      for (const piece of cutAt(given.bytes, given.places)) socket.write(piece);
      socket.end();
    });
  });
  const ends: number[] = [];
  for (const index of streams.keys()) {
    const heard = listening();
    const dial = dialTo(`${server.url}/${String(index)}`);
    const opening = await openConnection(dial, dialSettings(), startClock(), heard);
    if (opening.outcome === 'opened') await heard.closed;
    ends.push(heard.closes.length);
  }
  await server.allClosed();
  return ends;
};
