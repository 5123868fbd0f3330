import "server-only";
import { and, eq, lt } from "drizzle-orm";
import { wasWrittenSince } from "@/lib/audit/find-audit-rows";
import { MINUTE_MS } from "@/lib/core/time";
import { fleetInventories } from "@/lib/db/fleet-schema";
import type { ReadSource } from "@/lib/image-builder/lifecycle/read-group-starts";
import { logger } from "@/lib/telemetry/logger";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { fromKept, type KeptSources, keptDoubts, keptRows } from "./fleet-sources";
import { readRegion } from "./read-region";
import type { FleetMember } from "./types";

/** Who looks at what is older has it read again, one replica a minute. */
const FRESH_FOR_MS = MINUTE_MS;
/** Equal reads of AWS may be so old; see `readGroupStarts`. */
const OLDEST_READ_MS = 15_000;
/** Viewers who wait for the same reading share it. */
const SHARED_FOR_MS = 1_000;
/** Beyond it the inventory is not kept, and read whenever somebody looks: about 100,000 instances. */
const MOST_BYTES = 32 * 1024 * 1024;

export type RegionInventory = { members: FleetMember[]; doubts: string[]; readAt: number };

/** Where an inventory is read and kept. */
export type Keeper = Pick<UseCaseContext, "target" | "aws" | "clock" | "database">;

type Kept = { sources: KeptSources; readAt: number };

/**
 * What runs or would start in a Region, from what is kept: at once, however old it is up to `maxAgeMs`. What is older
 * than a minute is read again meanwhile. AWS is waited for when nothing is kept, or when the console wrote to the
 * target since. A source that failed goes on showing what it last said, and a doubt says since when.
 */
export async function readInventory(
  keeper: Keeper,
  region: string,
  maxAgeMs: number,
): Promise<RegionInventory> {
  const { value: kept } = await unlessFailed(findKept(keeper, region), undefined);
  const age = kept ? keeper.clock.now() - kept.readAt : Number.POSITIVE_INFINITY;
  if (!kept || age > maxAgeMs || (await isOutdated(keeper, kept)))
    return toInventory(keeper, region, await refreshInventory(keeper, region));
  if (age >= FRESH_FOR_MS) void refreshOnce(keeper, region).catch(tellFailure);
  return toInventory(keeper, region, kept.sources);
}

const tellFailure = (err: unknown): void => logger().info({ err }, "the fleet could not be read again");

/**
 * Reads a Region from AWS and keeps it. A source that fails keeps its last answer. Throws nothing that AWS or the way
 * to it did.
 */
export const refreshInventory = (keeper: Keeper, region: string): Promise<KeptSources> =>
  keeper.aws.share(`fleet ${region}`, SHARED_FOR_MS, async () => {
    const { value: before } = await unlessFailed(findKept(keeper, region), undefined);
    const now = keeper.clock.now();
    const sources: KeptSources = {};
    const read: ReadSource = async <Row>(what: string, load: () => Promise<Row[]>) => {
      // What was deleted between two calls is not there.
      const { value, reason } = await unlessFailed(unlessGone(load(), []), undefined);
      const source = value
        ? { rows: keptRows(value), readAt: now }
        : { rows: [], ...before?.sources[what], failure: reason };
      sources[what] = source;
      return { rows: source.rows as Row[], isMissing: source.readAt === undefined };
    };
    await readRegion(keeper.aws.inRegion(region), region, read);
    // Those who wait see what was read, also where the row could not be written.
    await keep(keeper, region, { sources, readAt: now }).catch((err: unknown) =>
      logger().info({ err }, "the fleet's inventory is not kept"),
    );
    return sources;
  });

async function toInventory(keeper: Keeper, region: string, sources: KeptSources): Promise<RegionInventory> {
  const { members, doubts } = await readRegion(keeper.aws.inRegion(region), region, fromKept(sources));
  const times = Object.values(sources).flatMap(({ readAt }) => readAt ?? []);
  return {
    members,
    doubts: [...doubts, ...keptDoubts(region, sources)],
    readAt: times.length > 0 ? Math.max(...times) : keeper.clock.now(),
  };
}

const rowOf = ({ target }: Keeper, region: string) =>
  and(
    eq(fleetInventories.targetId, target.id),
    eq(fleetInventories.accountId, target.accountId),
    eq(fleetInventories.region, region),
  );

async function findKept(keeper: Keeper, region: string): Promise<Kept | undefined> {
  const { orm } = await keeper.database();
  const [row] = await orm.select().from(fleetInventories).where(rowOf(keeper, region));
  return row && { sources: row.sources as KeptSources, readAt: row.readAt.getTime() };
}

/** Whatever the console did in the target may have changed what runs, on whichever replica. */
async function isOutdated({ database, target }: Keeper, { readAt }: Kept): Promise<boolean> {
  const since = new Date(readAt - OLDEST_READ_MS);
  const { value } = await unlessFailed(
    database().then((open) => wasWrittenSince(open, target.id, since)),
    false,
  );
  return value;
}

/** Reads again unless some replica began to within a minute; says that somebody looked. */
async function refreshOnce(keeper: Keeper, region: string): Promise<void> {
  const now = keeper.clock.now();
  const { orm } = await keeper.database();
  const claimed = await orm
    .update(fleetInventories)
    .set({ claimedAt: new Date(now), viewedAt: new Date(now) })
    .where(and(rowOf(keeper, region), lt(fleetInventories.claimedAt, new Date(now - FRESH_FOR_MS + 1))))
    .returning({ region: fleetInventories.region });
  if (claimed.length > 0) await refreshInventory(keeper, region);
}

async function keep(keeper: Keeper, region: string, { sources, readAt }: Kept): Promise<void> {
  if (JSON.stringify(sources).length > MOST_BYTES) return;
  const { orm } = await keeper.database();
  const at = new Date(readAt);
  await orm
    .insert(fleetInventories)
    .values({
      ...{ targetId: keeper.target.id, accountId: keeper.target.accountId, region },
      ...{ sources, readAt: at, claimedAt: at, viewedAt: at },
    })
    .onConflictDoUpdate({
      target: [fleetInventories.targetId, fleetInventories.accountId, fleetInventories.region],
      set: { sources, readAt: at },
      // A slow reading does not replace one that began after it.
      setWhere: lt(fleetInventories.readAt, at),
    });
}
