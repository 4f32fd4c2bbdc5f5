import type { Clock } from '../../harness/connection/clock.ts';
import type { Dial, DialSettings } from '../../harness/connection/dial.ts';
import { openConnection } from '../../harness/connection/open-connection.ts';
import type { OpenedSocket } from '../../harness/connection/opened-socket.ts';

/** Opened one after another: what is held is measured, not the opening. */
const openedTogether = 10;
const normalClosure = 1_000;

interface Held {
  readonly socket: OpenedSocket;
  readonly closed: Promise<void>;
}

const openHeld = async (dial: Dial, settings: DialSettings, clock: Clock): Promise<Held | null> => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const opening = await openConnection(dial, settings, clock, {
    onMessage: () => undefined,
    onPong: () => undefined,
    onClose: () => {
      resolve();
    },
  });
  return opening.outcome === 'opened' ? { socket: opening.socket, closed } : null;
};

/** Connections that are open and do nothing. */
export interface HeldConnections {
  readonly count: number;
  /** Closes them all and waits until they are closed. */
  release(): Promise<void>;
}

/** Opens `count` connections and holds them; those that do not open are not counted. */
export const holdConnections = async (
  dials: readonly Dial[],
  settings: DialSettings,
  count: number,
  clock: Clock,
): Promise<HeldConnections> => {
  const held: Held[] = [];
  for (let next = 0; next < count; next += openedTogether) {
    const indices = Array.from(
      { length: Math.min(openedTogether, count - next) },
      (_, index) => next + index,
    );
    const opened = await Promise.all(
      indices.map((index) => openHeld(dials[index % dials.length] as Dial, settings, clock)),
    );
    held.push(...opened.filter((one) => one !== null));
  }
  return {
    count: held.length,
    release: async () => {
      for (const { socket } of held) socket.close(normalClosure);
      await Promise.all(held.map(({ closed }) => closed));
    },
  };
};
