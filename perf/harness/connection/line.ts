import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { LocalEndpoint } from './local-endpoint.ts';
import { connect as connectTls, type SecureContext } from 'node:tls';

/** Where a line leads. */
export interface LineAddress {
  readonly host: string;
  readonly port: number;
  /** Null for plain TCP. */
  readonly secureContext: SecureContext | null;
}

/** Hears what happens on a line. Who that is changes once, when the handshake is over. */
export interface LineListener {
  onPhase(phase: 'dns' | 'tcp' | 'tls'): void;
  /** The first `byteCount` bytes of a buffer that all lines share: gone when the call returns. */
  onBytes(shared: Buffer, byteCount: number): void;
  /** The server has closed its side. */
  onEnd(): void;
  onError(error: Error): void;
  /** Nothing is left of it; always the last, and always heard. */
  onClose(): void;
}

const line = Symbol('line');

interface LineSocket extends Socket {
  [line]: Line;
}

// One buffer for every line: a read is handed over before the next begins. Left to itself, Node allocates 64 KiB a read.
const sharedBuffer = Buffer.allocUnsafeSlow(65_536);

// Listeners shared by all sockets; closures of their own would cost each held connection memory.
function onLookup(this: LineSocket): void {
  this[line].listener.onPhase('dns');
}
function onConnect(this: LineSocket): void {
  this[line].listener.onPhase('tcp');
}
function onSecureConnect(this: LineSocket): void {
  this[line].listener.onPhase('tls');
}
function onEnd(this: LineSocket): void {
  this[line].listener.onEnd();
}
function onError(this: LineSocket, error: Error): void {
  this[line].listener.onError(error);
}
function onClose(this: LineSocket): void {
  this[line].listener.onClose();
}

/** A TCP or TLS connection, being made from the moment of its construction. */
export class Line {
  listener: LineListener;
  readonly socket: Socket;

  /** `from`: the local end; null leaves it to the system. */
  constructor(
    { host, port, secureContext }: LineAddress,
    from: LocalEndpoint | null,
    listener: LineListener,
  ) {
    this.listener = listener;
    const onread = {
      buffer: sharedBuffer,
      callback: (byteCount: number): boolean => {
        this.listener.onBytes(sharedBuffer, byteCount);
        return true;
      },
    };
    const isName = isIP(host) === 0;
    const local = from === null ? null : { localAddress: from.address, localPort: from.port, family: 4 };
    const address = { host, port, onread, ...local };
    const socket = (
      secureContext === null
        ? connectTcp({ ...address, noDelay: true })
        : connectTls({ ...address, secureContext, servername: isName ? host : '' }).setNoDelay(true)
    ) as LineSocket;
    socket[line] = this;
    this.socket = socket;
    if (isName) socket.on('lookup', onLookup);
    socket.on('connect', onConnect);
    if (secureContext !== null) socket.on('secureConnect', onSecureConnect);
    socket.on('end', onEnd);
    socket.on('error', onError);
    socket.on('close', onClose);
  }
}
