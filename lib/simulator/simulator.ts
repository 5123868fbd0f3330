import { type Clock, systemClock } from "./engine/clock";
import type { Seed } from "./engine/scope";
import { memoryStorage, type Storage } from "./engine/storage";
import { createWorld } from "./engine/world";
import { ALL_SERVICES } from "./services/all-services";
import { createGateway } from "./wire/gateway";

/** How much faster than life a build goes: 25 minutes of work take one. */
export const DEFAULT_SPEED = 25;

export interface SimulatorOptions {
  clock?: Clock;
  /** In memory unless told otherwise. */
  storage?: Storage;
  /** `demo`, `empty`, or `builds=N`: the demo with N builds of history. */
  seed?: string;
  /** Durations of simulated work are divided by it; the clock itself is real. */
  speed?: number;
}

export interface Simulator {
  /** Answers a request of any AWS client. */
  handle(request: Request): Promise<Response>;
  close(): void;
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { clock = systemClock, storage = memoryStorage(), speed = DEFAULT_SPEED } = options;
  if (!(speed > 0)) throw new Error(`The simulator's speed must be a number above 0, not ${speed}.`);
  const seed = readSeed(options.seed ?? "demo", storage, clock);
  const world = createWorld({ services: ALL_SERVICES, clock, storage, seed, speed });
  const handle = createGateway({
    services: ALL_SERVICES,
    world,
    beforeCall: async () => {},
    onInternalFailure: (error) =>
      process.stderr.write(`simulator: ${error instanceof Error ? error.stack : error}\n`),
  });
  return { handle, close: () => storage.close() };
}

/** Reads the setting; the seed planted first stays, since the journal says only what changed after it. */
function readSeed(wanted: string, storage: Storage, clock: Clock): Seed {
  const text = storage.fact("seed", () => wanted);
  const seededAt = Number(storage.fact("seeded-at", () => String(clock.now())));
  const builds = /^builds=(\d+)$/.exec(text)?.[1];
  if (builds !== undefined) return { kind: "demo", builds: Number(builds), seededAt };
  if (text === "demo" || text === "empty") return { kind: text, seededAt };
  throw new Error(`GOLDSMITH_SIMULATOR_SEED must be demo, empty or builds=<number>, not '${text}'.`);
}
