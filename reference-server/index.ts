export { startReferenceServer, type ReferenceServer } from './start-reference-server.ts';
export type { ReferenceServerSettings } from './settings/settings.ts';
export type { Faults } from './faults.ts';
export { bundleReferenceServer } from './bundle.ts';
