import type { Metric, MetricKind, Unit } from './metric.ts';

const define = <Kind extends MetricKind>(
  kind: Kind,
  unit: Unit,
  name: string,
  title: string,
  definition: string,
): Metric<Kind> => Object.freeze({ kind, unit, name, title, definition });

const trend = (name: string, title: string, definition: string): Metric<'trend'> =>
  define('trend', 'ms', name, title, definition);
const rate = (name: string, title: string, definition: string): Metric<'rate'> =>
  define('rate', 'ratio', name, title, definition);
const counter = (name: string, title: string, definition: string): Metric<'counter'> =>
  define('counter', 'count', name, title, definition);

export const connectTime = trend(
  'connectTime',
  'connect time',
  'From the start of the attempt (before the name is resolved) to the checked 101 answer; successful connections only.',
);
export const connectTimeFromDue = trend(
  'connectTimeFromDue',
  'connect time from due',
  'From the moment the plan wanted the attempt to start to the checked 101 answer: what a user who had to wait for the generator would see.',
);
export const startLag = trend(
  'startLag',
  'start lag',
  'From the moment the plan wanted the attempt to start to its start: the lateness of the generator, not of the server.',
);
export const tcpTime = trend(
  'tcpTime',
  'TCP connect time',
  'From the start of the attempt, or the end of name resolution, to the connected socket.',
);
export const upgradeTime = trend(
  'upgradeTime',
  'upgrade time',
  'From the connected (and, with wss, encrypted) socket to the checked 101 answer.',
);
export const firstMessageTime = trend(
  'firstMessageTime',
  'time to first message',
  'From the checked 101 answer to the first message received whole.',
);
export const readyTime = trend(
  'readyTime',
  'ready time',
  'From the start of the attempt to the last of the expected initial messages.',
);
export const refusalTime = trend(
  'refusalTime',
  'refusal time',
  'From the start of the attempt to the HTTP answer that refused it (any status but 101).',
);
export const roundTripTime = trend(
  'roundTripTime',
  'ping round trip',
  'From the ping’s frame handed to the system to its answer received whole, correlated by id.',
);
export const roundTripTimeFromDue = trend(
  'roundTripTimeFromDue',
  'ping round trip from due',
  'From the moment the plan wanted the ping to be sent to its answer received whole.',
);
export const messageGap = trend(
  'messageGap',
  'gap between messages',
  'From one data message received whole to the next one on the same connection, from opening to close, over all connections.',
);
export const quoteLatency = trend(
  'quoteLatency',
  'quote latency',
  'From `publishedAt`, in whole ms of the publisher’s clock, to the quote received whole, on the generator’s clock corrected by the offset between the two; each quote on each connection.',
);
export const fanOutSkew = trend(
  'fanOutSkew',
  'fan-out skew',
  'From the first arrival of a quote at any client to its last arrival at any client, for the quotes that reached every client.',
);
export const stepTime = trend(
  'stepTime',
  'conversation step time',
  'From the last message sent, or where none was since the expectation before, from the moment the expectation’s turn came, to the message that met it received whole; expectations met in time. One that had arrived before counts as 0.',
);
export const stepsMet = rate(
  'stepsMet',
  'conversation steps met',
  'Expectations met in time, of those that were decided; the one whose turn it is at the end of the hold is waited for.',
);
export const conversationsCompleted = rate(
  'conversationsCompleted',
  'conversations completed',
  'Conversations that came to their end, of those that did or failed: by a step that was not met in time, or by the other side’s close.',
);
export const conversationsUnfinished = counter(
  'conversationsUnfinished',
  'conversations unfinished',
  'Conversations that neither failed nor came to their end before their connection was left or cut.',
);
export const subscribeTime = trend(
  'subscribeTime',
  'subscribe time',
  'From the subscription handed to the socket to its confirmation (`subscribed`) received whole.',
);
export const subscriptionsConfirmed = rate(
  'subscriptionsConfirmed',
  'subscriptions confirmed',
  'Subscriptions whose confirmation arrived while the connection was held, of those that had at least one second left for it.',
);
export const quotesAskedFor = rate(
  'quotesAskedFor',
  'quotes that were asked for',
  'Quotes of the symbols subscribed to, of all quotes received after the subscription was confirmed.',
);
export const recoveryTime = trend(
  'recoveryTime',
  'recovery time',
  'From the cut of the line to the checked 101 answer of the try that brought the connection back; those that came back, however late.',
);
export const awayTime = trend(
  'awayTime',
  'away time',
  'From the server’s close frame, or the end of the line where it sent none, to the checked 101 answer of the try that brought the client back; those that came back, however late.',
);
export const triesUntilBack = define(
  'trend',
  'count',
  'triesUntilBack',
  'tries until back',
  'Tries to come back of each connection that was cut or ended by the server, the successful one included; those that gave up count with all of theirs.',
);
export const recovered = rate(
  'recovered',
  'recovered connections',
  'Connections open again within the time limit, of those that were open when the line was cut or that the server ended, each time that it did; but for those whose first try was not due before the load’s end.',
);
export const openWhenCut = rate(
  'openWhenCut',
  'open when cut',
  'Connections that were open when the line was cut, of all that were planned; those that had failed or were still opening could not be cut, and none of them can recover.',
);
export const slowReadersSettled = rate(
  'slowReadersSettled',
  'slow readers settled',
  'Connections that the server ended, or that had caught up within 5 s of reading again (a ping frame sent then was answered), of those that stopped reading; but for those that were left before it was known.',
);
export const slowReadersClosed = rate(
  'slowReadersClosed',
  'slow readers closed',
  'Connections that the server ended while they did not read, or before they had caught up, of those that stopped reading; but for those that were left before it was known.',
);
export const connectSuccess = rate(
  'connectSuccess',
  'success rate',
  'Successful connections (101 received and the socket open within the time-out) of all attempted.',
);
export const stableConnections = rate(
  'stableConnections',
  'stable connections',
  'Connections that stayed open from their opening to the end of the hold, of the successful ones that the plan neither cut itself nor kept from reading.',
);
export const initialMessages = rate(
  'initialMessages',
  'initial messages',
  'Connections that received their expected initial messages in time, of the successful ones.',
);
export const unauthorizedRefusals = rate(
  'unauthorizedRefusals',
  'refused as unauthorized',
  'Attempts refused with HTTP 401 or 403, of all attempted.',
);
export const pingsAnswered = rate(
  'pingsAnswered',
  'pings answered',
  'Pings whose answer arrived while the connection was held, of those that had at least one second left for it.',
);
export const quotesToEveryClient = rate(
  'quotesToEveryClient',
  'quotes that reached every client',
  'Quotes that arrived at every open and ready connection, of those first seen while that set of two or more did not change from 250 ms before to 1 s after, within the hold.',
);
export const messagesReceived = counter(
  'messagesReceived',
  'messages received',
  'Data messages received whole by all successful connections, from opening to close.',
);
export const bytesReceived = define(
  'counter',
  'bytes',
  'bytesReceived',
  'bytes received',
  'Bytes of the data messages of all successful connections, uncompressed and without frame headers, from opening to close.',
);
export const messagesPerSecond = define(
  'gauge',
  'messages/s',
  'messagesPerSecond',
  'message throughput',
  'Data messages received by all connections from the last attempt’s outcome (where connections live on their own: from the start of the load) to the end of the hold, divided by that time; no data where it is shorter than 0.5 s.',
);
export const bytesPerSecond = define(
  'gauge',
  'bytes/s',
  'bytesPerSecond',
  'byte throughput',
  'Bytes of the data messages received in the interval of the message throughput, divided by it.',
);
export const quotesReceived = counter(
  'quotesReceived',
  'quotes received',
  'Messages of type `quote` received.',
);
export const quotesLost = counter(
  'quotesLost',
  'quotes lost',
  'Sequence numbers of a symbol that a connection skipped and that did not arrive later, within one epoch.',
);
export const quotesMissed = counter(
  'quotesMissed',
  'quotes missed by the publisher’s log',
  'Quotes of the publisher’s own log that a connection should have received and did not: those after the one it came in with, published up to 250 ms before either side began to close it, or its line ended; the warm-up included.',
);
export const quotesDuplicated = counter(
  'quotesDuplicated',
  'quotes duplicated',
  'Quotes whose sequence number the same connection had received before.',
);
export const quotesReordered = counter(
  'quotesReordered',
  'quotes reordered',
  'Quotes that arrived after one with a higher sequence number of the same symbol and epoch.',
);
export const quotesTooEarly = counter(
  'quotesTooEarly',
  'quotes that arrived too early',
  'Quotes whose latency is negative by more than 1 ms and more than the uncertainty of the clocks’ offset: the clocks contradict each other.',
);
export const countDifferences = counter(
  'countDifferences',
  'differences between the server’s and the clients’ counts',
  'Readings of the monitoring endpoints, during and after the load, that the clients’ counts or, afterwards, those of the server’s process (`/metrics`) contradict; one more where most got no answer within 200 ms; the warm-up included.',
);
export const serverUp = rate(
  'serverUp',
  'server up',
  'Questions to the server’s `/health`, each on a connection of its own, asked every 0.1 s from the start of the load to its end, that were answered with 200 within 2 s, of all that were asked; the warm-up included.',
);
export const serverMemoryGrowth = define(
  'gauge',
  'bytes/s',
  'serverMemoryGrowth',
  'server memory growth',
  'Slope of the resident memory of the server (process or container) over the hold (of a soak: from when all places are to be taken) after its settling time and warm-up: the median of the slopes between all pairs of samples (Theil–Sen).',
);
export const serverMemoryRise = define(
  'gauge',
  'bytes',
  'serverMemoryRise',
  'server memory rise',
  'Highest resident memory of the server while connections did not read, less the median of what it had from the last attempt’s outcome (of a soak: from when all places are to be taken) and the warm-up to the moment at which they stopped; no data with fewer than 3 readings before it or 5 in it.',
);
export const serverConnectionsLeft = define(
  'gauge',
  'connections',
  'serverConnectionsLeft',
  'connections left at the server',
  'Connections that the server’s monitoring endpoint counts after the load, at most 2 s later, less those before it.',
);
export const serverDescriptorsLeft = define(
  'gauge',
  'count',
  'serverDescriptorsLeft',
  'descriptors left at the server',
  'Open file descriptors of the server (`process_open_fds` of its `/metrics`) after the load, the fewest within 8 s, less those before it; not of several instances.',
);
export const redisMemoryGrowth = define(
  'gauge',
  'bytes/s',
  'redisMemoryGrowth',
  'Redis memory growth',
  'Slope of the memory that Redis uses (`redis_memory_used_bytes` of the server’s `/metrics`), taken like `serverMemoryGrowth`; not of several instances.',
);
export const redisKeysLeft = define(
  'gauge',
  'count',
  'redisKeysLeft',
  'keys left in Redis',
  'Keys of Redis (`redis_db_keys` of the server’s `/metrics`) after the load less those before it; not of several instances.',
);
export const generatorMemoryLeft = define(
  'gauge',
  'bytes',
  'generatorMemoryLeft',
  'memory left at the generator',
  'Live memory of the generator processes together when all connections are closed, less that before the first was opened; garbage is collected before both readings. They keep some hundred bytes of each attempt.',
);
export const generatorDescriptorsLeft = define(
  'gauge',
  'count',
  'generatorDescriptorsLeft',
  'descriptors left at the generator',
  'Open file descriptors of the generator processes when all connections are closed, less those before the first was opened.',
);
export const serverCpuPerConnection = define(
  'gauge',
  'ms',
  'serverCpuPerConnection',
  'server CPU per connection',
  'Processor time the server used, whatever for, from the start (or the first reading after the warm-up) to the first reading after the last attempt’s outcome (at most a second later), divided by the attempts begun in it; not of a soak.',
);
export const capacity = define(
  'gauge',
  'connections',
  'capacity',
  'capacity',
  'The highest number of simultaneous connections at which all promises held.',
);

/** All published metrics, in the order reports use. */
export const catalogue = [
  connectTime,
  connectTimeFromDue,
  startLag,
  tcpTime,
  upgradeTime,
  firstMessageTime,
  readyTime,
  refusalTime,
  roundTripTime,
  roundTripTimeFromDue,
  messageGap,
  quoteLatency,
  fanOutSkew,
  stepTime,
  stepsMet,
  conversationsCompleted,
  conversationsUnfinished,
  subscribeTime,
  subscriptionsConfirmed,
  quotesAskedFor,
  recoveryTime,
  awayTime,
  triesUntilBack,
  recovered,
  openWhenCut,
  slowReadersSettled,
  slowReadersClosed,
  connectSuccess,
  stableConnections,
  initialMessages,
  unauthorizedRefusals,
  pingsAnswered,
  quotesToEveryClient,
  messagesReceived,
  bytesReceived,
  messagesPerSecond,
  bytesPerSecond,
  quotesReceived,
  quotesLost,
  quotesMissed,
  quotesDuplicated,
  quotesReordered,
  quotesTooEarly,
  countDifferences,
  serverUp,
  serverMemoryGrowth,
  serverMemoryRise,
  serverConnectionsLeft,
  serverDescriptorsLeft,
  redisMemoryGrowth,
  redisKeysLeft,
  generatorMemoryLeft,
  generatorDescriptorsLeft,
  serverCpuPerConnection,
  capacity,
] as const satisfies readonly Metric[];
