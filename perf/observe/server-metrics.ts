import { askHttp, type HttpAccess } from './ask-http.ts';
import { parsePrometheusText, type PrometheusSample } from './prometheus-text.ts';

/** Whether a server's circuit breaker lets calls through: `closed` does, `open` does not, `half-open` tries. */
export type CircuitState = 'closed' | 'half-open' | 'open';

/** What a server's `/metrics` says of its process, each null where it says nothing. */
export interface ServerMetrics {
  /** Start of the process, ms of the Unix epoch: another value is another process. */
  readonly startedAtEpochMs: number | null;
  readonly memoryBytes: number | null;
  /** Processor time since it started, ms. */
  readonly cpuMs: number | null;
  /** Delay of its event loop, 99th percentile, ms; of Node's servers. */
  readonly eventLoopDelayP99Ms: number | null;
  /** The worst of its circuit breakers. */
  readonly circuit: CircuitState | null;
}

const msPerSecond = 1_000;
const circuitMetric = /(?:^|_)circuit(?:_breaker)?_state$/u;
/** From the best to the worst, as are the values of a gauge of the reference server and of most others. */
export const circuitStates: readonly CircuitState[] = ['closed', 'half-open', 'open'];

/** One series for each state, of which the current one is 1; or one gauge, whose value is the state. */
const stateOf = ({ labels, value }: PrometheusSample): number => {
  const { state } = labels;
  if (state === undefined) return value;
  return value === 1 ? circuitStates.indexOf(state.replace('_', '-') as CircuitState) : -1;
};

const circuitOf = (samples: readonly PrometheusSample[]): CircuitState | null => {
  const states = samples.filter(({ name }) => circuitMetric.test(name)).map(stateOf);
  return circuitStates[Math.max(-1, ...states)] ?? null;
};

/** The value of the first sample of this name; null where there is none, or it is no number. */
export const valueOfMetric = (samples: readonly PrometheusSample[], name: string): number | null => {
  const value = samples.find((sample) => sample.name === name)?.value ?? Number.NaN;
  return Number.isFinite(value) ? value : null;
};

/** Picks out what is watched, under the names that Prometheus' client libraries give it. */
export const readServerMetrics = (samples: readonly PrometheusSample[]): ServerMetrics => {
  const valueOf = (name: string, factor: number): number | null => {
    const value = valueOfMetric(samples, name);
    return value === null ? null : value * factor;
  };
  return {
    startedAtEpochMs: valueOf('process_start_time_seconds', msPerSecond),
    memoryBytes: valueOf('process_resident_memory_bytes', 1),
    cpuMs: valueOf('process_cpu_seconds_total', msPerSecond),
    eventLoopDelayP99Ms: valueOf('nodejs_eventloop_lag_p99_seconds', msPerSecond),
    circuit: circuitOf(samples),
  };
};

/** Asks a server for all samples of its `/metrics`; null where it has none, or does not answer in time. */
export const askMetrics = async (
  httpUrl: string,
  options: HttpAccess & { readonly timeoutMs: number },
): Promise<readonly PrometheusSample[] | null> => {
  const answer = await askHttp('GET', `${httpUrl}/metrics`, options).catch(() => null);
  return answer?.status === 200 ? parsePrometheusText(answer.body) : null;
};

/** Asks a server for what is watched of its `/metrics`; null where it has none, or does not answer in time. */
export const askServerMetrics = async (
  httpUrl: string,
  options: HttpAccess & { readonly timeoutMs: number },
): Promise<ServerMetrics | null> => {
  const samples = await askMetrics(httpUrl, options);
  return samples === null ? null : readServerMetrics(samples);
};
