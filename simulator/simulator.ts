import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, systemClock } from "./engine/clock";
import { globalRegionOf } from "./engine/partitions";
import { DEMO_ACCOUNT, DEMO_REGION, type Seed } from "./engine/scope";
import { SettingError } from "./engine/setting-error";
import type { SettleFailure } from "./engine/settling";
import { memoryStorage, type Storage } from "./engine/storage";
import { type Trouble, troubleBoard } from "./engine/trouble";
import { createWorld, type World } from "./engine/world";
import { DEMO_READERS } from "./seed/demo-settings";
import { ALL_SERVICES } from "./services/all-services";
import { answerFailures } from "./wire/failures-door";
import { createGateway } from "./wire/gateway";
import { troubleMaker } from "./wire/make-trouble";
import { answerTrouble } from "./wire/trouble-door";

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
  /** Trouble from the start; it can be changed at `/_simulator/trouble`. */
  trouble?: Trouble;
}

export interface Simulator {
  /** Answers a request of any AWS client. */
  handle(request: Request): Promise<Response>;
  /** Opens the demo and the accounts that are known already, so that no first request waits for it. */
  open(): void;
  /** Resources whose work fails now, such as a pipeline whose schedule cannot be followed; all others go on. */
  failures(): SettleFailure[];
  close(): void;
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { clock = systemClock, storage = memoryStorage(), speed = DEFAULT_SPEED } = options;
  if (!(speed > 0))
    throw new SettingError("speed", `The simulator's speed must be a number above 0, not ${speed}.`);
  const seed = readSeed(options.seed ?? "demo", storage, clock);
  const board = troubleBoard(options.trouble);
  const world = createWorld({
    services: ALL_SERVICES,
    clock,
    storage,
    seed,
    speed,
    trouble: board,
    opensFirst: demoFirst(seed),
    onSettleFailure: ({ resource, service, message }) =>
      process.stderr.write(`simulator: ${resource ?? service}: ${message}\n`),
  });
  const handle = createGateway({
    services: ALL_SERVICES,
    world,
    beforeCall: troubleMaker(board, clock, sleep),
    onInternalFailure: (error) =>
      process.stderr.write(`simulator: ${error instanceof Error ? error.stack : error}\n`),
  });
  let opened = false;
  function openKnown(): void {
    if (!opened) openKnownPlaces(world, storage);
    opened = true;
  }
  return {
    open() {
      if (seed.kind === "demo") world.storeOf("imagebuilder", DEMO_ACCOUNT, DEMO_REGION);
      openKnown();
    },
    async handle(request) {
      openKnown();
      return (
        (await answerTrouble(request, board)) ?? answerFailures(request, world.failures) ?? handle(request)
      );
    },
    failures: world.failures,
    close: () => storage.close(),
  };
}

/** Schedules and instance refreshes go on after a restart although nobody has asked for their account yet. */
function openKnownPlaces(world: World, storage: Storage): void {
  for (const { account, region } of storage.places()) {
    if (region === globalRegionOf(region)) continue;
    world.storeOf("imagebuilder", account, region);
    world.storeOf("autoScaling", account, region);
  }
}

/** The demo's images are also in other Regions and accounts, whoever is asked first. */
function demoFirst(seed: Seed) {
  const demo = { service: "imagebuilder", account: DEMO_ACCOUNT, region: DEMO_REGION };
  return (account: string) => (seed.kind === "demo" && DEMO_READERS.includes(account) ? [demo] : []);
}

/** Reads the setting; the seed planted first stays, since the journal says only what changed after it. */
function readSeed(wanted: string, storage: Storage, clock: Clock): Seed {
  readSeedText(wanted);
  const text = storage.fact("seed", () => wanted);
  const seededAt = Number(storage.fact("seeded-at", () => String(clock.now())));
  return { ...readSeedText(text), seededAt };
}

function readSeedText(text: string): Omit<Seed, "seededAt"> {
  const builds = /^builds=(\d+)$/.exec(text)?.[1];
  if (builds !== undefined) return { kind: "demo", builds: Number(builds) };
  if (text === "demo" || text === "empty") return { kind: text };
  throw new SettingError("seed", `The seed must be demo, empty or builds=<number>, not '${text}'.`);
}
