import { Option, type Command } from 'commander';

/** How connections to a server are opened, as it was typed. */
export interface DialOptions {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly path?: string;
  readonly tokenIn?: string;
  readonly header?: readonly string[];
  readonly origin?: string;
  readonly ca?: string;
  readonly timeout?: string;
  readonly compression?: true;
  readonly initialMessages?: string;
}

/** How a server is reached, wherever it comes from, as it was typed. */
export interface ReachOptions extends DialOptions {
  readonly target?: string;
  readonly redisImage?: string;
  readonly serverEnv?: readonly string[];
}

/** The options of `run` as they were typed; nothing is checked yet. */
export interface RunOptions extends ReachOptions {
  readonly url?: string;
  readonly image?: string;
  readonly instances?: string;
  readonly nginxImage?: string;
  readonly connections?: string;
  readonly delay?: string;
  readonly hold?: string;
  readonly duration?: string;
  readonly warmUp?: string;
  readonly interval?: true;
  readonly agents?: string;
  readonly capacityTest?: true;
  readonly startCapacity?: string;
  readonly maxCapacity?: string;
  readonly capacityStep?: string;
  /** `true`: given without a file. */
  readonly output?: string | true;
  readonly report?: string | true;
  readonly json?: string;
  /** `true`: given without a file. */
  readonly html?: string | true;
  readonly junit?: string;
  readonly list?: true;
  readonly tags?: readonly string[];
  readonly reporter?: readonly string[];
  /** False with `--no-color`. */
  readonly color?: boolean;
}

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** An option that may be given several times. */
export const repeatable = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(collect);

/** Declares the options that say how connections to a server are opened. */
export const addDialOptions = (command: Command): Command =>
  command
    .option('--token <token>', 'JSON Web Token for all connections (PERF_TOKEN)')
    .option('--token-file <file>', 'one token a line, one for each connection in turn')
    .option('--path <path>', 'path of the WebSocket endpoint (default: /api/v1/market-data/ws)')
    .option('--token-in <place>', 'query, header or subprotocol (default: query)')
    .addOption(repeatable('--header <"Name: value">', 'header of every upgrade request; repeatable'))
    .option('--origin <origin>', 'Origin header of every upgrade request')
    .option('--ca <file>', 'PEM file of a certificate authority to trust in addition')
    .option('--timeout <seconds>', 'how long a handshake may take (default: 10)')
    .option('--compression', 'offer permessage-deflate; the server may decline (default: not offered)')
    .option('--initial-messages <count>', 'messages that make a connection ready; 0: none are expected');

/** Declares the options that say how a server is reached, wherever it comes from. */
export const addReachOptions = (command: Command): Command =>
  addDialOptions(command)
    .option('--target <kind>', 'auto, containers, process or external (default: auto; PERF_TARGET)')
    .option('--redis-image <image>', 'image of Redis for --target containers (PERF_REDIS_IMAGE)')
    .addOption(repeatable('--server-env <NAME=VALUE>', 'environment of the reference server; repeatable'));

const addTargetOptions = (command: Command): Command =>
  addReachOptions(
    command
      .optionsGroup('The server to measure:')
      .option('--url <url>', 'address of a running server: http(s):// or ws(s):// (PERF_URL)')
      .option('--image <image>', 'image of the server for --target containers (PERF_IMAGE)')
      .option('--instances <count>', 'of the reference server, from 2 on behind nginx (default: 1)')
      .option('--nginx-image <image>', 'image of nginx for --target containers (PERF_NGINX_IMAGE)'),
  );

const addLoadOptions = (command: Command): Command =>
  command
    .optionsGroup('The load (without scenario names: of basic alone):')
    .option('--connections <count>', 'connections to open (default: 20; 50 with --report or --output)')
    .option('--delay <seconds>', 'between the starts of two attempts (default: 0.1)')
    .option('--hold <seconds>', 'how long the connections stay open (default: 2)')
    .option('--duration <time>', 'how long arrivals go on, of a soak or at a rate: 90, 15m, 2h')
    .option('--warm-up <seconds>', 'seconds at the start that are driven and not judged (default: 0)')
    .option('--agents <count>', 'generator processes of every load, or auto (default: auto; PERF_AGENTS)')
    .option('--capacity-test', 'search the highest number of connections: the scenario capacity')
    .option('--start-capacity <count>', 'connections of the first level (default: 10)')
    .option('--max-capacity <count>', 'connections of the last level (default: 200)')
    .option('--capacity-step <count>', 'connections from level to level (default: 10)');

/** Declares the options of `run`, in groups, each with its default as the guide has it. */
export const addRunOptions = (command: Command): Command => {
  addTargetOptions(command);
  addLoadOptions(command);
  return command
    .optionsGroup('Judging:')
    .option('--interval', 'hold promises against 95 % intervals, in runs of at least 100 samples')
    .optionsGroup('Output:')
    .option('--output [file]', 'CSV, one row per attempt (default: websocket_test_results.csv)')
    .option('--report [file]', 'report as text (default: websocket_test_report.txt)')
    .option('--json <file>', 'everything, for programs')
    .option('--html [file]', 'page with charts, for a browser (default: websocket_test_report.html)')
    .option('--junit <file>', 'JUnit XML, one test case per promise')
    .addOption(repeatable('--reporter <name>', 'one more of Vitest’s reporters; repeatable'))
    .option('--no-color', 'no colours')
    .optionsGroup('Which scenarios:')
    .option('--list', 'list what the same command would run, and run nothing')
    .addOption(repeatable('--tags <expression>', 'only scenarios with these tags (Vitest’s tags filter)'));
};
