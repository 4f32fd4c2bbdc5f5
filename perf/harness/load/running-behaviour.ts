import type { ConversationOutcome } from '../connection/attempt.ts';
import type { Clock } from '../connection/clock.ts';
import type { SlotGrid } from '../metrics/slot-grid.ts';
import type { Behaviour } from './behaviour.ts';
import { ConversationRun } from './conversation-run.ts';
import { ConversationTally } from './conversation-tally.ts';
import type { MarketMessage } from './market-messages.ts';
import { PingLoop } from './ping-loop.ts';
import { pingMessage } from './ping-message.ts';
import { emptyPingTally, PingSchedule, type PingTally, type SendPing } from './ping-schedule.ts';
import { Subscription, SubscriptionTally } from './subscription.ts';

/** What the behaviours of one agent's connections add up in. */
export interface BehaviourTallies {
  readonly pings: PingTally;
  readonly conversations: ConversationTally;
  readonly subscriptions: SubscriptionTally;
}

/** Empty tallies. */
export const emptyTallies = (grid: SlotGrid): BehaviourTallies => ({
  pings: emptyPingTally(grid),
  conversations: new ConversationTally(grid),
  subscriptions: new SubscriptionTally(grid),
});

/** How a behaviour speaks on its connection. */
export interface Voice {
  /** `onWriting` is called just before the bytes are handed to the system. */
  send(text: string, onWriting?: () => void): void;
  /** Sends a protocol ping frame that carries this number. */
  ping(id: number, onWriting?: () => void): void;
}

/** A behaviour at work on one connection. */
export interface RunningBehaviour {
  /** Whether it is to hear the reference server's messages, on whatever server. */
  readonly hearsMarket: boolean;
  /** The connection is open. */
  start(): void;
  hear(message: MarketMessage, nowMs: number): void;
  hearAnything(data: Buffer): void;
  hearPong(id: number): void;
  /** The hold is over: resolves when what is being waited for is decided. Null where nothing is. */
  conclude(): Promise<void> | null;
  /** The connection is left (null), or the other side has closed, with this code. */
  stop(closeCode: number | null): void;
  readonly conversation: ConversationOutcome | null;
}

const nothing = (): void => undefined;

/** What a behaviour does where it says nothing else. */
const silent: RunningBehaviour = {
  hearsMarket: false,
  start: nothing,
  hear: nothing,
  hearAnything: nothing,
  hearPong: nothing,
  conclude: () => null,
  stop: nothing,
  conversation: null,
};

const runPings = (pings: PingSchedule | PingLoop, via: 'message' | 'frame'): RunningBehaviour => ({
  ...silent,
  hearsMarket: via === 'message',
  start: () => {
    pings.start();
  },
  hear: (message) => {
    if (message.type === 'pong') pings.answer(message.id);
  },
  hearPong: (id) => {
    pings.answer(id);
  },
  stop: () => {
    pings.stop();
  },
});

const runSubscription = (subscription: Subscription): RunningBehaviour => ({
  ...silent,
  hearsMarket: true,
  start: () => {
    subscription.start();
  },
  hear: (message, nowMs) => {
    subscription.hear(message, nowMs);
  },
  stop: () => {
    subscription.stop();
  },
});

const runConversation = (run: ConversationRun): RunningBehaviour => ({
  ...silent,
  start: () => {
    run.start();
  },
  hearAnything: (data) => {
    run.receive(data);
  },
  conclude: () => run.conclude(),
  stop: (closeCode) => {
    run.end(closeCode);
  },
  get conversation() {
    return run.outcome;
  },
});

/** Puts a behaviour to work on one connection; null where it only listens. */
export const runBehaviour = (
  behaviour: Behaviour,
  {
    clock,
    tallies,
    voice,
  }: { readonly clock: Clock; readonly tallies: BehaviourTallies; readonly voice: Voice },
): RunningBehaviour | null => {
  const sendPing =
    (via: 'message' | 'frame'): SendPing =>
    (id, onWriting) => {
      if (via === 'message') voice.send(pingMessage(id), onWriting);
      else voice.ping(id, onWriting);
    };
  const send = (text: string): void => {
    voice.send(text);
  };
  switch (behaviour.kind) {
    case 'listen':
      return null;
    case 'ping': {
      const { everyMs, via } = behaviour;
      return runPings(new PingSchedule({ everyMs, clock, tally: tallies.pings, send: sendPing(via) }), via);
    }
    case 'ping-loop': {
      const { thinkMs, via } = behaviour;
      return runPings(new PingLoop({ thinkMs, clock, tally: tallies.pings, send: sendPing(via) }), via);
    }
    case 'subscribe':
      return runSubscription(
        new Subscription({ symbols: behaviour.symbols, clock, tally: tallies.subscriptions, send }),
      );
    case 'conversation':
      return runConversation(
        new ConversationRun({ conversation: behaviour, clock, tally: tallies.conversations, send }),
      );
    default:
      return behaviour satisfies never;
  }
};
