import { ReplyError } from 'ioredis';
import { describe, expect, it, vi } from 'vitest';
import { RedisCircuit, type CircuitStanding } from './redis-circuit.ts';

const fail = (): Promise<never> => Promise.reject(new Error('away'));
const answer = (): Promise<string> => Promise.resolve('answer');

const refuse = (): Promise<never> => Promise.reject(new ReplyError('OOM command not allowed') as Error);

const circuitWith = (trial: () => Promise<unknown>) => {
  vi.useFakeTimers();
  const changes: CircuitStanding[] = [];
  const circuit = new RedisCircuit(
    { failures: 3, openMs: 1_000, onChange: (standing) => changes.push(standing) },
    trial,
  );
  return {
    circuit,
    changes,
    [Symbol.dispose]: () => {
      circuit[Symbol.dispose]();
      vi.useRealTimers();
    },
  };
};

const failTimes = async (circuit: RedisCircuit, times: number): Promise<void> => {
  for (let count = 0; count < times; count += 1) await expect(circuit.run(fail)).rejects.toThrow('away');
};

describe('a circuit', () => {
  it('stays closed while fewer commands in a row fail than it allows', async () => {
    using tested = circuitWith(answer);
    await failTimes(tested.circuit, 2);
    await tested.circuit.run(answer);
    await failTimes(tested.circuit, 2);
    expect([tested.circuit.standing, tested.changes]).toEqual(['closed', []]);
  });

  it('opens after so many failures, and then sends nothing', async () => {
    using tested = circuitWith(fail);
    await failTimes(tested.circuit, 3);
    let isSent = false;
    const sent = tested.circuit.run(() => {
      isSent = true;
      return answer();
    });
    await expect(sent).rejects.toThrow('left alone');
    expect([tested.circuit.standing, isSent]).toEqual(['open', false]);
  });

  it('closes when its trial is answered', async () => {
    using tested = circuitWith(answer);
    await failTimes(tested.circuit, 3);
    await vi.advanceTimersByTimeAsync(999);
    expect(tested.circuit.standing).toBe('open');
    await vi.advanceTimersByTimeAsync(1);
    expect(tested.changes).toEqual(['open', 'half-open', 'closed']);
    expect(await tested.circuit.run(answer)).toBe('answer');
  });

  it('opens again when its trial fails, and tries again later', async () => {
    let trials = 0;
    using tested = circuitWith(() => {
      trials += 1;
      return trials < 3 ? fail() : answer();
    });
    await failTimes(tested.circuit, 3);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(tested.changes).toEqual(['open', 'half-open', 'open', 'half-open', 'open', 'half-open', 'closed']);
  });

  it('lets no client’s command through while it is tried', async () => {
    const trial = Promise.withResolvers<string>();
    using tested = circuitWith(() => trial.promise);
    await failTimes(tested.circuit, 3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tested.circuit.standing).toBe('half-open');
    await expect(tested.circuit.run(answer)).rejects.toThrow('left alone');
    trial.resolve('pong');
    await vi.advanceTimersByTimeAsync(0);
    expect(tested.circuit.standing).toBe('closed');
  });

  it('can be tried at once, for example when a connection is back', async () => {
    using tested = circuitWith(answer);
    await failTimes(tested.circuit, 3);
    tested.circuit.tryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(tested.circuit.standing).toBe('closed');
  });

  it('is tried in time though the clock was set back', async () => {
    using tested = circuitWith(answer);
    await failTimes(tested.circuit, 3);
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tested.circuit.standing).toBe('closed');
  });

  it('takes an error that Redis answered with for an answer', async () => {
    using tested = circuitWith(answer);
    for (let count = 0; count < 10; count += 1)
      await expect(tested.circuit.run(refuse)).rejects.toThrow('OOM');
    expect(tested.circuit.standing).toBe('closed');
  });
});
