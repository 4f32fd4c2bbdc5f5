// Loaded into a generator before its own code: blocks its event loop for 60 ms in every 150 ms.

const everyMs = 150;
const blockedMs = 60;

setInterval(() => {
  const untilMs = performance.now() + blockedMs;
  while (performance.now() < untilMs);
}, everyMs).unref();
