import { connectSuccess, connectTime, messagesReceived, serverMemoryGrowth } from '../metrics/catalogue.ts';
import { inEveryWindow } from './in-every-window.ts';
import { atMost, below } from './threshold.ts';

// Checked by `tsc`: an expected error that does not occur is an error itself.
below(connectTime, 'p95', 250);
atMost(connectSuccess, 'ratio', 1);
atMost(messagesReceived, 'count', 1);
atMost(messagesReceived, 'perConnection', 1.5);
below(serverMemoryGrowth, 'value', 1);
// @ts-expect-error -- a rate has no percentiles
below(connectSuccess, 'p95', 0.9);
// @ts-expect-error -- a trend has no ratio
below(connectTime, 'ratio', 0.9);
// @ts-expect-error -- a counter has no mean
below(messagesReceived, 'mean', 1);
// @ts-expect-error -- a gauge has one value only
below(serverMemoryGrowth, 'max', 1);

inEveryWindow({ seconds: 5 }, below(connectTime, 'p95', 250));
inEveryWindow({ seconds: 5, everySeconds: 2, minimumSamples: 3 }, atMost(messagesReceived, 'count', 1));
// @ts-expect-error -- a rate has no percentiles, in a window neither
inEveryWindow({ seconds: 5 }, below(connectSuccess, 'p95', 0.9));
// @ts-expect-error -- a gauge has one value for the whole run
inEveryWindow({ seconds: 5 }, below(serverMemoryGrowth, 'value', 1));
