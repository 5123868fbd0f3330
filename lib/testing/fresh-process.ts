// Test files share a worker's modules, since loading the AWS clients anew for each would take half of the time.
// What the process keeps for all of its code is forgotten before each, as if it had just started.
for (const key of Object.getOwnPropertySymbols(globalThis)) {
  if (Symbol.keyFor(key)?.startsWith("goldsmith.")) Reflect.deleteProperty(globalThis, key);
}
