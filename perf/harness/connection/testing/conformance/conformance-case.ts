import type { Reaction } from './reaction.ts';
import { encodeFrame, type SentFrame } from './sent-frame.ts';
import type { Arrival } from './write-stream.ts';

/** One thing that a peer may do, and what has to come of it. */
export interface ConformanceCase {
  readonly group: string;
  /** What is sent. */
  readonly what: string;
  /** Section of RFC 6455. */
  readonly section: string;
  readonly frames: readonly SentFrame[];
  readonly arrival?: Arrival;
  /** It has begun to close before: the generator as it does at a load's end, the server because of what is no JSON. */
  readonly answersClose?: boolean;
  readonly expected: Reaction;
  /** Where the reference server, by its own protocol, has more to say. */
  readonly ofServer?: Reaction;
}

const normalClose: SentFrame = { firstByte: 0x88, payload: Buffer.from([0x03, 0xe8]) };

/** What makes the server close. */
export const noJson: SentFrame = { firstByte: 0x81, payload: Buffer.from('no JSON') };

/** The bytes of a case. What does not end the connection is followed by a close, so that it is seen to be open still. */
export const bytesOf = (
  { frames, answersClose = false }: ConformanceCase,
  sender: 'client' | 'server',
): Buffer =>
  Buffer.concat(
    [...frames, ...(answersClose ? [] : [normalClose])].map((frame) => encodeFrame(frame, sender)),
  );
