// A probe beside a load: dials one connection after the other with nothing of the harness, only bytes on a socket, and
// prints for each the milliseconds from before its connect() to the arrival of the 101. Runs until it is killed.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const url = new URL(process.argv[2] ?? '');
const handshake =
  `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

const probe = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const begunAtMs = performance.now();
    const socket = connect(Number(url.port), url.hostname);
    socket.setNoDelay(true);
    socket.write(handshake);
    socket.once('data', (data) => {
      const tookMs = performance.now() - begunAtMs;
      socket.destroy();
      const answer = data.toString('latin1');
      if (answer.startsWith('HTTP/1.1 101 ')) resolve(tookMs);
      else reject(new Error(`The server answered ${answer.slice(0, 40)}`));
    });
    socket.once('error', reject);
  });

for (;;) {
  process.stdout.write(`${String(await probe())}\n`);
  await sleep(20);
}
