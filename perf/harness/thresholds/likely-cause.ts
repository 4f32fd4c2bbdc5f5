import type { FailureReason } from '../connection/failure.ts';
import type { FailureCount } from '../record/run-record.ts';
import type { Verdict } from './verdict.ts';

// The guide's "Troubleshooting", by what was seen.
const causeByReason: Readonly<Record<FailureReason, string>> = {
  dns: 'the host name can not be resolved: check the address',
  refused: 'nothing accepts connections there: check that the server runs, and its backlog under load',
  reset:
    'the server or something before it cut the connection: check the server’s log for crashes and its connection limits',
  tls: 'the certificate or the TLS set-up was not accepted: pass --ca, check the certificate’s name and dates',
  unauthorized: 'invalid tokens: check secret, algorithm and expiry',
  overloaded: 'server overload: it said so itself; check its limits on connections, its CPU and memory',
  'http-status':
    'the address answers, but not with a WebSocket: check the path and what stands before the server',
  'handshake-timeout':
    'the server did not answer in time: check its CPU and memory, the database’s connection pool, Redis connection limits',
  protocol: 'the server’s answer breaks RFC 6455: check what stands between (proxy, load balancer)',
  'closed-before-ready':
    'the server closed before its initial messages: check its log for the close code shown',
  'no-initial-message':
    'initial messages are missing or late: check what the server does on connect (database, Redis), or set --initial-messages',
  dropped:
    'the server, or something between, closed held connections: check idle time-outs, crashes and memory',
  'local-limit': 'this machine ran out of file descriptors or ports: raise ulimit -n or the local port range',
};

const inAttempts =
  'the attempts file says of each conversation which step failed, what was expected, what came and how late';

const causeByMetric: Readonly<Record<string, string>> = {
  stepsMet: inAttempts,
  conversationsCompleted: inAttempts,
  conversationsUnfinished:
    'the script is longer than the connections are held: the attempts file says of each conversation how far it came',
  connectTime:
    'work during connection set-up: database queries, blocking Redis operations, CPU per handshake, or network latency',
  readyTime: 'what the server does before its initial messages: database or Redis queries',
  firstMessageTime: 'what the server does before its initial messages: database or Redis queries',
  roundTripTime: 'the server’s event loop is busy, or the network is slow',
  quotesLost: 'the server skips messages: slow consumers are conflated, or its publish/subscribe lost some',
  quoteLatency:
    'quotes wait on their way: publish/subscribe, the server’s event loop, encoding for each client anew, or slow sockets',
  fanOutSkew:
    'some clients are served long after others: a busy event loop, clients served one after the other, or instances that hear of quotes late',
  quotesToEveryClient:
    'some clients do not receive every quote: slow ones are conflated, subscriptions are lost, or an instance missed what was published',
  messageGap: 'the feed pauses: the publisher, publish/subscribe or the server’s event loop stands still',
  quotesTooEarly:
    'the clocks disagree: quotes are published on another machine than the one that answers for the time, or a clock was set',
  quotesDuplicated:
    'the server sends messages twice: two subscriptions, or a replay after reconnecting to Redis',
  quotesReordered: 'the server sends messages out of order: more than one path from publisher to connection',
  serverMemoryGrowth: 'a leak for each open connection, or messages that queue up for slow readers',
  serverMemoryRise:
    'messages queue up without a limit for who does not read them: bound what waits for one client, and end those who exceed it',
  slowReadersSettled:
    'what piled up for who did not read is more than it can take in seconds, and the server keeps sending it',
  slowReadersClosed:
    'the server has no limit on what waits for one client, or less was sent than the system’s own buffers hold',
  serverConnectionsLeft:
    'connections that ended are not counted as ended: look at what happens on close and on error',
  serverDescriptorsLeft: 'sockets or files of connections that ended are not closed',
  redisMemoryGrowth: 'keys or members are added for each connection and never taken away, or do not expire',
  redisKeysLeft: 'keys are written for each connection and never deleted, or do not expire',
  refusalTime: 'tokens are checked after costly work: verify them first',
  serverCpuPerConnection: 'work during connection set-up: cryptography, serialisation, logging',
};

/** What most likely lies behind a failure, following the guide's troubleshooting. */
export const causeOfFailure = (reason: FailureReason): string => causeByReason[reason];

// What can only happen to a connection that had opened.
const afterOpening: ReadonlySet<FailureReason> = new Set([
  'dropped',
  'closed-before-ready',
  'no-initial-message',
]);

const reasonsBehind: Readonly<Record<string, (reason: FailureReason) => boolean>> = {
  connectSuccess: (reason) => !afterOpening.has(reason),
  unauthorizedRefusals: (reason) => !afterOpening.has(reason),
  pingsAnswered: (reason) => ['dropped', 'closed-before-ready', 'protocol'].includes(reason),
  stableConnections: (reason) => ['dropped', 'closed-before-ready', 'protocol'].includes(reason),
  initialMessages: (reason) => ['no-initial-message', 'closed-before-ready'].includes(reason),
};

/** What most likely lies behind a broken threshold, following the guide's troubleshooting; null when nothing is known. */
export const likelyCause = (verdict: Verdict, failures: readonly FailureCount[]): string | null => {
  const { name } = verdict.threshold.metric;
  const byMetric = causeByMetric[name];
  if (byMetric !== undefined) return byMetric;
  const isBehind = reasonsBehind[name] ?? (() => true);
  const worst = failures.filter(({ reason }) => isBehind(reason)).toSorted((a, b) => b.count - a.count)[0];
  return worst === undefined ? null : causeByReason[worst.reason];
};
