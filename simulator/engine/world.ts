import type { Clock } from "./clock";
import { globalRegionOf, partitionOf } from "./partitions";
import type { Scope, Seed } from "./scope";
import type { AnyService } from "./service";
import { type SettleFailure, settleFailures } from "./settling";
import type { Change, Storage } from "./storage";
import { Table } from "./table";
import type { TroubleBoard } from "./trouble";

/** Every account and Region, opened when first asked for. */
export interface World {
  now(): number;
  storeOf(service: string, account: string, region: string): unknown;
  /** Brings every opened store up to the present. Never throws: what fails is in `failures`. */
  settle(): void;
  failures(): SettleFailure[];
  /** Writes what changed since the last call to the journals. */
  flush(): void;
}

/** One account in one Region. */
interface Place {
  account: string;
  region: string;
  stores: Map<string, unknown>;
  tables: Map<string, Table<object>>;
  /** What the journal held when the place was opened, by table. */
  journaled: Map<string, Change[]>;
  unwritten: Change[];
}

export function createWorld(options: {
  services: Record<string, AnyService>;
  clock: Clock;
  storage: Storage;
  seed: Seed;
  speed: number;
  trouble: TroubleBoard;
  /** Stores that have to be there before anything of an account is opened, since they put rows into it. */
  opensFirst?: (account: string) => { service: string; account: string; region: string }[];
  /** Told once of each resource whose work fails. */
  onSettleFailure?: (failure: SettleFailure) => void;
}): World {
  const { services, clock, storage, seed, speed, opensFirst = () => [] } = options;
  const failures = settleFailures(options.onSettleFailure ?? (() => {}));
  const places = new Map<string, Place>();
  const neighbours = new Map<string, object>();
  let planting = 0;

  function placeAt(account: string, region: string): Place {
    const key = `${account} ${region}`;
    const known = places.get(key);
    if (known) return known;
    const journaled = new Map<string, Change[]>();
    for (const change of storage.journal(account, region).read()) {
      const ofTable = journaled.get(change.table);
      if (ofTable) ofTable.push(change);
      else journaled.set(change.table, [change]);
    }
    const place: Place = { account, region, stores: new Map(), tables: new Map(), journaled, unwritten: [] };
    places.set(key, place);
    for (const first of opensFirst(account)) storeOf(first.service, first.account, first.region);
    return place;
  }

  function tableAt<Row extends object>(place: Place, name: string, keyOf: (row: Row) => string): Table<Row> {
    if (place.tables.has(name)) throw new Error(`The table ${name} is opened twice.`);
    const table = new Table<Row>(name, keyOf, {
      isPlanting: () => planting > 0,
      record: (change) => {
        place.unwritten.push(change);
      },
    });
    table.replay(place.journaled.get(name) ?? []);
    place.tables.set(name, table as unknown as Table<object>);
    return table;
  }

  function storeOf(name: string, account: string, region: string): unknown {
    const service = services[name];
    if (!service) throw new Error(`There is no service ${name}.`);
    const place = placeAt(account, service.global ? globalRegionOf(region) : region);
    if (place.stores.has(name)) return place.stores.get(name);
    const store = service.openStore(scopeAt(place));
    place.stores.set(name, store);
    planting++;
    try {
      service.prepare?.(store, seed);
    } finally {
      planting--;
    }
    return store;
  }

  /** Every service's store in an account and Region, opened when it is read. */
  function neighboursAt(account: string, region: string): object {
    const key = `${account} ${region}`;
    const known = neighbours.get(key);
    if (known) return known;
    const getters = Object.keys(services).map((name) => [
      name,
      { enumerable: true, get: () => storeOf(name, account, region) },
    ]);
    const made = Object.defineProperties({}, Object.fromEntries(getters));
    neighbours.set(key, made);
    return made;
  }

  function settleStore({ account, region }: Place, service: string, store: unknown): void {
    const settle = services[service]?.settle;
    if (!settle) return;
    const now = clock.now();
    failures.pass({ service, account, region }, now, (forResource) => settle(store, now, forResource));
  }

  function scopeAt(place: Place): Scope<object> {
    const isElsewhere = (other: Place) => other.account !== place.account && other.region === place.region;
    return {
      account: place.account,
      region: place.region,
      partition: partitionOf(place.region),
      speed,
      now: () => clock.now(),
      trouble: () => options.trouble.of(place.account),
      table: (name, keyOf) => tableAt(place, name, keyOf),
      here: neighboursAt(place.account, place.region),
      others: (service) =>
        [...places.values()]
          .filter((other) => isElsewhere(other) && other.stores.has(service))
          .map((other) => other.stores.get(service)),
      at: ({ account = place.account, region = place.region }) => neighboursAt(account, region),
    };
  }

  return {
    now: () => clock.now(),
    storeOf,
    settle() {
      for (const place of [...places.values()]) {
        for (const [name, store] of [...place.stores]) settleStore(place, name, store);
      }
    },
    failures: failures.list,
    flush() {
      for (const place of places.values()) {
        if (place.unwritten.length === 0) continue;
        storage.journal(place.account, place.region).append(place.unwritten);
        place.unwritten = [];
      }
    },
  };
}
