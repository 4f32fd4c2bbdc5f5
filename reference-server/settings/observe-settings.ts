import { Gauge, type Registry } from 'prom-client';
import { numbersInUse } from './number-settings.ts';
import type { ResolvedSettings } from './settings.ts';

/** Registers the numbers that the server runs with, so that whoever watches it sees against what it is held. */
export const observeSettings = (registry: Registry, settings: ResolvedSettings): void => {
  const gauge = new Gauge({
    name: 'server_setting',
    help: 'The numbers that the server was set to, by environment variable and in its unit; limits that are not set are left out.',
    labelNames: ['variable'],
    registers: [registry],
  });
  for (const [variable, value] of Object.entries(numbersInUse(settings))) gauge.set({ variable }, value);
};
