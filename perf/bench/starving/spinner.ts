// A busy neighbour: keeps one core busy until its parent lets it go.

const spinMs = 50;

const spin = (): void => {
  const untilMs = performance.now() + spinMs;
  while (performance.now() < untilMs);
  setImmediate(spin);
};

process.on('disconnect', () => {
  process.exit(0);
});
spin();
