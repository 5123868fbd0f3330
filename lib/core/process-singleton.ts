import "server-only";

/**
 * One `value` per process. Next bundles routes and instrumentation apart and loads modules again after each edit,
 * so a module variable would exist twice.
 */
export function processSingleton<Value>(name: string, create: () => Value): Value {
  const store = globalThis as unknown as Record<symbol, Value | undefined>;
  const key = Symbol.for(`goldsmith.${name}`);
  const value = store[key] ?? create();
  store[key] = value;
  return value;
}
