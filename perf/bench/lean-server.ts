import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { answerRequests } from './answer-requests.ts';
import { DelayQueue } from './delay-queue.ts';
import { echoFrames } from './echo-frames.ts';
import { epochMs } from './epoch-clock.ts';
import type { Window } from './generator-protocol.ts';
import { usedCpuMs } from './own-usage.ts';

// The server that is dialled: raw sockets, no HTTP parser, no `ws`. Node suffices for it because it does less for each
// connection and message than any client can; each figure is printed with the share of a core that it used meanwhile,
// so that a reader sees when it was the limit after all. For messages it often is: reading, answering and being woken
// cost it what they cost the client, nearly all in the system's calls, and no second server helps where two cores are all
// there is. Round trips/s are then a lower bound, which is said, and processor time a round trip is what is compared.

/** What the lean server is asked. */
export type ServerRequest =
  /** `sharedPort`: the port of processes that share it, 0 for a fresh one; null: a port of its own. */
  | { readonly kind: 'listen'; readonly handshakeDelayMs: number; readonly sharedPort: number | null }
  /** How many connections it has. */
  | { readonly kind: 'open-connections' }
  /** The share of one core's time that it used between two moments. */
  | ({ readonly kind: 'cpu-share' } & Window);

const backlog = 65_535;
const sampleEveryMs = 20;
const endOfHead = '\r\n\r\n';
const keyHeader = /sec-websocket-key: *(\S+)/iu;

const switchingProtocols = (head: string): string => {
  const key = keyHeader.exec(head)?.[1] ?? '';
  // RFC 6455 §4.2.2: the key and this constant.
  const accept = hash('sha1', `${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, 'base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
};

const serve = (socket: Socket, delays: DelayQueue): void => {
  let head = '';
  let isUpgraded = false;
  let unfinished: Buffer | null = null;
  // A client may cut the line at any time.
  socket.on('error', () => undefined);
  socket.on('data', (data: Buffer) => {
    if (isUpgraded) {
      unfinished = echoFrames(socket, unfinished === null ? data : Buffer.concat([unfinished, data]));
      return;
    }
    head += data.toString('latin1');
    if (!head.endsWith(endOfHead)) return;
    isUpgraded = true;
    const answer = switchingProtocols(head);
    head = '';
    delays.add(() => {
      socket.write(answer, 'latin1');
    });
  });
};

let delays = new DelayQueue(0);
const server = createServer({ noDelay: true }, (socket) => {
  serve(socket, delays);
});

const listen = async ({
  handshakeDelayMs,
  sharedPort,
}: Extract<ServerRequest, { kind: 'listen' }>): Promise<number> => {
  delays = new DelayQueue(handshakeDelayMs);
  server.listen({ port: sharedPort ?? 0, host: '127.0.0.1', backlog, reusePort: sharedPort !== null });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const samples: { readonly atEpochMs: number; readonly cpuMs: number }[] = [];

const sample = (): void => {
  samples.push({ atEpochMs: epochMs(), cpuMs: usedCpuMs() });
};

const cpuShare = ({ fromEpochMs, toEpochMs }: Window): number => {
  sample();
  const first = samples.findLast(({ atEpochMs }) => atEpochMs <= fromEpochMs) ?? samples[0];
  const last = samples.find(({ atEpochMs }) => atEpochMs >= toEpochMs) ?? samples.at(-1);
  if (first === undefined || last === undefined || last.atEpochMs <= first.atEpochMs) return 0;
  return (last.cpuMs - first.cpuMs) / (last.atEpochMs - first.atEpochMs);
};

setInterval(sample, sampleEveryMs);
answerRequests((request: ServerRequest) => {
  switch (request.kind) {
    case 'listen':
      return listen(request);
    case 'open-connections':
      return promisify(server.getConnections.bind(server))();
    case 'cpu-share':
      return cpuShare(request);
    default:
      return request satisfies never;
  }
});
