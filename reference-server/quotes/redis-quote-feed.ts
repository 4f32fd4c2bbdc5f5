import type { RedisLink } from '../backend/redis-link.ts';
import { redisScript } from '../backend/redis-script.ts';
import type { Quote, QuoteDraft } from './quote.ts';
import type { QuoteFeed } from './quote-feed.ts';

const LEASE_MS = 2_000;

const keys = {
  lease: '{ws-perf-gate}:quotes:lease',
  counters: '{ws-perf-gate}:quotes:counters',
  newest: '{ws-perf-gate}:quotes:newest',
  channel: '{ws-perf-gate}:quotes',
} as const;

const holdLeaseScript = redisScript(
  'hold_lease',
  `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0`,
);

const releaseLeaseScript = redisScript(
  'release_lease',
  `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`,
);

// The epoch lives beside the counters, so that it is lost exactly when they are. It never goes back, even if the clock does.
const publishScript = redisScript(
  'publish_quotes',
  `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
local epoch = redis.call('HGET', KEYS[2], 'epoch')
if not epoch then
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  epoch = string.format('%.0f', math.max(now, tonumber(ARGV[3]) + 1))
  redis.call('HSET', KEYS[2], 'epoch', epoch)
  redis.call('DEL', KEYS[3])
end
local batch = {}
for index = 4, #ARGV, 2 do
  local sequence = redis.call('HINCRBY', KEYS[2], 'sequence:' .. ARGV[index], 1)
  local quote = string.format('{%s,"sequence":%.0f,"epoch":%s}', ARGV[index + 1], sequence, epoch)
  redis.call('HSET', KEYS[3], ARGV[index], quote)
  batch[#batch + 1] = quote
end
local message = '[' .. table.concat(batch, ',') .. ']'
redis.call('PUBLISH', ARGV[2], message)
return message`,
);

/** The quote feed that several instances share through Redis; one of them at a time may publish. */
export class RedisQuoteFeed implements QuoteFeed {
  readonly #link: RedisLink;
  readonly #holder: string;
  #newestEpoch = 0;
  #listener: ((quotes: readonly Quote[]) => void) | undefined;
  /** The link's subscription that was last heard from. What was published before the first is read at the start. */
  #heardIn = 1;

  constructor(link: RedisLink, holder: string) {
    this.#link = link;
    this.#holder = holder;
  }

  async listen(listener: (quotes: readonly Quote[]) => void): Promise<void> {
    this.#listener = listener;
    await this.#link.listen(keys.channel, (message) => this.#hear(parseQuotes(message)));
  }

  async newestQuotes(): Promise<readonly Quote[]> {
    const texts = await this.#link.timed('newest_quotes', (client) => client.hvals(keys.newest));
    const quotes = texts.map((text) => JSON.parse(text) as Quote);
    return quotes.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  }

  async holdLease(): Promise<boolean> {
    // An instance that does not hear the feed would publish past its own clients.
    if (!this.#link.isListening) return false;
    if ((await this.#link.run(holdLeaseScript, [keys.lease], [this.#holder, LEASE_MS])) !== 1) return false;
    // Publish/subscribe repeats nothing: what was published as the line was lost is told before anything follows it.
    if (this.#heardIn < this.#link.subscriptions) this.#hear(await this.newestQuotes());
    return true;
  }

  async releaseLease(): Promise<void> {
    await this.#link.run(releaseLeaseScript, [keys.lease], [this.#holder]);
  }

  async publish(drafts: readonly QuoteDraft[]): Promise<readonly Quote[] | null> {
    if (!this.#link.isListening) return null;
    const quoteArguments = drafts.flatMap((draft) => [draft.symbol, JSON.stringify(draft).slice(1, -1)]);
    const published = await this.#link.run(
      publishScript,
      [keys.lease, keys.counters, keys.newest],
      [this.#holder, keys.channel, this.#newestEpoch, ...quoteArguments],
    );
    return typeof published === 'string' ? parseQuotes(published) : null;
  }

  #hear(quotes: readonly Quote[]): void {
    this.#heardIn = this.#link.subscriptions;
    for (const quote of quotes) this.#newestEpoch = Math.max(this.#newestEpoch, quote.epoch);
    this.#listener?.(quotes);
  }
}

/** Whoever else writes to the channel must not be able to end the process. */
const parseQuotes = (message: string): readonly Quote[] => {
  try {
    const value: unknown = JSON.parse(message);
    return Array.isArray(value) ? value.filter(isQuote) : [];
  } catch {
    return [];
  }
};

const isQuote = (value: unknown): value is Quote => {
  if (typeof value !== 'object' || value === null) return false;
  const { symbol, price, sequence, publishedAt, epoch } = value as Readonly<Record<string, unknown>>;
  return typeof symbol === 'string' && [price, sequence, publishedAt, epoch].every(Number.isFinite);
};
