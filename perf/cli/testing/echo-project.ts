/** A project of someone else, file by file: its server, a scenario for it, and configurations to choose from. */
export const projectFiles: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'echo', private: true, type: 'module' }),
  'server.js': `
    import { createServer } from 'node:http';
    import { WebSocketServer } from 'ws';
    const sockets = new WebSocketServer({ noServer: true });
    const server = createServer().on('upgrade', (request, socket, head) => {
      setTimeout(() => sockets.handleUpgrade(request, socket, head, (opened) => {
        opened.on('message', (message) => opened.send(message));
        opened.send('hello');
      }), Number(process.env.DELAY_MS));
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`,
  'perf/echo.perf.ts': `
    import { atMost, below, connectSuccess, connectTime, expect, ramp, roundTripTime, test } from 'ws-perf-gate';
    import { atLeast, pingEvery, type Threshold } from 'ws-perf-gate';
    const promises: Threshold[] = [below(connectTime, 'mean', 250), atLeast(connectSuccess, 'ratio', 1)];
    // @ts-expect-error -- a ratio has no percentiles
    atMost(connectSuccess, 'p95', 1);
    test('five clients connect soon', async ({ load, target }) => {
      expect(target.kind).toBeTypeOf('string');
      const whileOpen = pingEvery({ everySeconds: 0.2, via: 'frame' });
      const run = await load(ramp({ connections: 5, delaySeconds: 0.02, holdSeconds: 1, whileOpen }));
      expect(run).toMeet(...promises, below(roundTripTime, 'p50', 250));
    });`,
  'perf/outage.perf.ts': `
    import { atLeast, expect, hold, stableConnections, test, type Fault, type Outage } from 'ws-perf-gate';
    test.override({ serverRedis: 'proxied' });
    test('five clients outlive a Redis of their own', async ({ load, redis, breakInTurn }) => {
      let outages: readonly Outage[] = [];
      const breaks: Record<string, () => Promise<Fault>> = {
        dead: () => redis.kill(),
        'cut off': () => redis.line.cut(),
      };
      const pauses = { afterSeconds: 0.2, lastingSeconds: 0.3, betweenSeconds: 0.2 };
      const run = await load(hold({ connections: 5, holdSeconds: 2 }), {
        meanwhile: async () => { outages = await breakInTurn(breaks, pauses); },
        isGraded: false,
      });
      expect(run).toMeet(atLeast(stableConnections, 'ratio', 1));
      expect(outages.map(({ name }) => name)).toEqual(['dead', 'cut off']);
      expect(await redis.ask('PING')).toBe('PONG');
    });`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: ['node'] },
    include: ['perf', 'configuration'],
  }),
  'configuration/vitest.config.ts': `
    import { scenarioProject } from 'ws-perf-gate/config';
    import { defineConfig } from 'vitest/config';
    export default defineConfig({
      test: { projects: [scenarioProject(), { test: { name: 'units', include: ['**/*.test.ts'] } }] },
    });`,
  'configuration/whole.ts': `
    import { definePerfConfig } from 'ws-perf-gate/config';
    export default definePerfConfig();`,
};
