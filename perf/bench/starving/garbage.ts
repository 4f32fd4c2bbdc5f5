// Loaded into a generator before its own code: makes garbage that outlives the young generation, so that its collection
// takes long.

const everyMs = 5;
const objectsEach = 20_000;
const mostObjects = 1_000_000;

const kept: unknown[] = [];
setInterval(() => {
  for (let index = 0; index < objectsEach; index += 1) kept.push({ list: [index], text: String(index) });
  if (kept.length > mostObjects) kept.length = 0;
}, everyMs).unref();
