import fc from "fast-check";

// The same inputs at every run, so that a red run is about what changed; another seed tries others.
fc.configureGlobal({ seed: Number(process.env.TEST_SEED ?? 4600) });

// Test files share a worker's modules, since loading the AWS clients anew for each would take half of the time.
// What the process keeps for all of its code is forgotten before each, as if it had just started.
for (const key of Object.getOwnPropertySymbols(globalThis)) {
  if (Symbol.keyFor(key)?.startsWith("goldsmith.")) Reflect.deleteProperty(globalThis, key);
}
