import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { serveWs } from '../harness/load/testing/serve-ws.ts';
import { exitCodes } from './exit-code.ts';
import { makeProject } from './testing/make-project.ts';
import { runInTerminal } from './testing/run-in-terminal.ts';

// What is measured on a busy machine may well be inconclusive: it is not looked at.
const holding = (seconds: number): string => `
  test('four connect', async ({ load }) => {
    setTimeout(() => console.log('said in passing'), 500);
    const run = await load(ramp({ connections: 4, delaySeconds: 0.3, holdSeconds: ${String(seconds)} }));
    expect(run.counts.attempted).toBe(4);
  });`;

/** What only the live view says. */
const viewLines = /^ {2}(?:started|failed|connect) {3}|[█░]{20} (?:\d+ \w+ left|ending)$/u;

const viewOf = (lines: readonly string[]): string =>
  lines.filter((line) => line.startsWith('one  ') || viewLines.test(line)).join('\n');

// Others than util-linux's take other options.
const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;

describe.skipIf(!hasScript)('in a pseudo-terminal', () => {
  test('a load is drawn in place and updated, what others print lands above it, and nothing of it is left', async () => {
    const cwd = await makeProject({ one: holding(3) });
    const run = runInTerminal(['--target', 'process', '--reporter', 'default'], { cwd, columns: 100 });
    // Whichever frame is seen first on a busy machine, another one takes its place.
    const early = await run.until((lines) => lines.some((line) => /^ {2}started {3}[1-4] of 4/u.test(line)));
    expect(early.filter((line) => line.startsWith('one  '))).toHaveLength(1);
    const later = await run.until(
      (lines) => viewOf(lines) !== viewOf(early) && lines.some((line) => line.startsWith('one  ')),
    );
    expect(later.filter((line) => line.startsWith('one  '))).toHaveLength(1);
    const held = await run.until(
      (lines) =>
        lines.some((line) => /^ {2}started {3}4 of 4/u.test(line)) &&
        lines.some((line) => /^ {2}server .*[1-4] open.* MiB/u.test(line)) &&
        lines.some((line) => line.startsWith('said in passing')),
    );
    expect(held.filter((line) => viewLines.test(line))).toHaveLength(4);
    expect(held.findLastIndex((line) => line.startsWith('said'))).toBeLessThan(
      held.findIndex((line) => line.startsWith('one  ')),
    );
    expect(held.join('\n')).toMatch(/^ {2}connect {3}p50 [\d.]+ ms · p95 [\d.]+ ms$/mu);
    await run.exited;
    const left = await run.screen.lines();
    expect(left.filter((line) => viewLines.test(line))).toEqual([]);
    expect(left.filter((line) => line === '=== WebSocket Test Results ===')).toHaveLength(1);
    // Vitest's own lines are whole.
    expect(left.filter((line) => / ✓ .*one\.perf\.ts/u.test(line))).toHaveLength(1);
    expect(left.join('\n')).toMatch(/Test Files +1 passed/u);
    expect(run.screen.showsCursor).toBe(true);
  });

  test('Ctrl-C on 40 columns takes the view away, prints what was measured, and leaves the cursor', async () => {
    await using server = await serveWs((socket) => {
      socket.send('hello');
    });
    const cwd = await makeProject({ long: holding(60) });
    const run = runInTerminal(['--url', server.url], { cwd, columns: 40 });
    const drawn = await run.until((lines) => lines.some((line) => /^ {2}open {6}4/u.test(line)));
    expect(Math.max(...drawn.map(({ length }) => length))).toBeLessThanOrEqual(40);
    run.type('\u0003');
    expect(await run.exited).toBe(exitCodes.interrupted);
    const left = await run.screen.lines();
    expect(left.filter((line) => viewLines.test(line))).toEqual([]);
    expect(left.join('\n')).toMatch(/Stopping …[^]*Successful: 4[^]*Stopped: partial results/u);
    expect(run.screen.showsCursor).toBe(true);
  });
});
