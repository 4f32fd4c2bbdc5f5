/** The order of running: cheap and telling first, long ones last. */
const order = [
  'basic',
  'load',
  'messages',
  'fan-out',
  'monitoring',
  'auth',
  'stress',
  'capacity',
  'reconnect-storm',
  'overload',
  'rolling-restart',
  'redis-outage',
  'slow-consumer',
  'memory',
  'soak',
];

const position = (name: string): number => {
  const index = order.indexOf(name);
  return index === -1 ? order.length : index;
};

/** Sorts scenario names: the product's own in the order of running, then all others by alphabet. */
export const compareScenarioNames = (a: string, b: string): number =>
  position(a) - position(b) || a.localeCompare(b, 'en');
