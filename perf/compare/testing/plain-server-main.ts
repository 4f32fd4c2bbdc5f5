import { WebSocketServer } from 'ws';

// A server without any of our routes: it greets each connection, answers protocol pings as all do, and where it is told to burns
// processor time in every handshake, or lets only so many in. It starts in a tenth of a second.

const burnMs = Number(process.env['BURN_MS'] ?? 0);
const letsIn = Number(process.env['LETS_IN'] ?? Number.POSITIVE_INFINITY);
let handshakes = 0;

const spentMs = (): number => {
  // Brings the thread's own time up to date, which the system may do only every few milliseconds.
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

const burn = (): void => {
  const untilMs = spentMs() + burnMs;
  while (spentMs() < untilMs);
};

new WebSocketServer({
  port: Number(process.env['PORT']),
  host: '127.0.0.1',
  verifyClient: () => {
    burn();
    handshakes += 1;
    return handshakes <= letsIn;
  },
}).on('connection', (socket) => {
  socket.send('hello');
});
