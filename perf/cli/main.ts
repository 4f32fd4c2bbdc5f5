#!/usr/bin/env node
import { enableCompileCache, getCompileCacheDir } from 'node:module';

// What this process, the agents and the reference server have once compiled (and stripped of its types) they find again:
// that halves their start. Node keeps it in the folder for temporary files; NODE_DISABLE_COMPILE_CACHE=1 switches it off.
enableCompileCache();
const folder = getCompileCacheDir();
if (folder !== undefined) process.env['NODE_COMPILE_CACHE'] ??= folder;

// Loaded after that, so that it is found again too.
const { runCommandLine } = await import('./command-line.ts');
const { endUnexpectedly } = await import('./end-unexpectedly.ts');
const { watchOutput } = await import('./watch-output.ts');

process.on('uncaughtException', endUnexpectedly);
const output = watchOutput();
const exitCode = await runCommandLine(process.argv.slice(2)).catch(endUnexpectedly);
// Whatever a library left open must not keep the process: all that had to be closed was awaited.
process.exit(await output.exitCodeAfter(exitCode));
