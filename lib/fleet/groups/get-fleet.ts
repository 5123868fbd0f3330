import "server-only";
import { permits } from "@/lib/auth/permissions";
import { readAmiLineage } from "@/lib/history/read-index";
import type { AmiBuild } from "@/lib/history/types";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { fleetRegions } from "./fleet-regions";
import { judgeDrift } from "./judge-drift";
import { type RegionInventory, readInventory } from "./kept-inventory";
import type { Fleet, FleetRow } from "./types";

const SEEING = "get-image-build";

/**
 * Everything of the target that runs or would start from an AMI, in its own Region and those that its images go to,
 * with what is behind and what is mixed. Whoever may see only some names sees the groups that run images of those
 * names; how many others there are is said. The rows are those of the kept inventory, with its age; see `readInventory`.
 */
export const getFleet = useCase("get-fleet", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "get-fleet", () => readFleet(ctx)),
);

/** For use cases that asked for their own permission. What is kept and older than `maxAgeMs` is read again first. */
export async function readFleet(ctx: UseCaseContext, maxAgeMs = Number.POSITIVE_INFINITY): Promise<Fleet> {
  const { regions, left, doubts: regionDoubts } = await fleetRegions(ctx);
  const inventories = await Promise.all(regions.map((region) => readOne(ctx, region, maxAgeMs)));
  const judged = await Promise.all(
    inventories.map((inventory, index) => judgeRegion(ctx, regions[index] ?? "", inventory)),
  );
  const rows = judged.flatMap((one) => one.rows);
  const shown = rows.filter((row) => maySee(ctx, row));
  const hidden = rows.length - shown.length;
  return {
    rows: shown,
    readAt: new Date(Math.min(...inventories.map(({ readAt }) => readAt))).toISOString(),
    doubts: [
      ...new Set([
        ...regionDoubts,
        ...inventories.flatMap(({ doubts }) => doubts),
        ...judged.flatMap(({ doubts }) => doubts),
      ]),
    ],
    notVisible: [
      "instances in accounts that are not targets of this console",
      "settings inside Kubernetes",
      ...(left.length > 0 ? [`the Regions ${left.join(", ")}`] : []),
      ...(hidden > 0 ? [`${hidden} that run no image you may see`] : []),
    ],
  };
}

async function readOne(ctx: UseCaseContext, region: string, maxAgeMs: number): Promise<RegionInventory> {
  const nothing = { members: [], doubts: [], readAt: ctx.clock.now() };
  const { value, reason } = await unlessFailed(readInventory(ctx, region, maxAgeMs), nothing);
  return reason ? { ...nothing, doubts: [`${region} could not be read. ${reason}`] } : value;
}

async function judgeRegion(
  ctx: UseCaseContext,
  region: string,
  { members }: RegionInventory,
): Promise<{ rows: FleetRow[]; doubts: string[] }> {
  const amis = members.flatMap(({ starts, instances }) => [
    ...starts.flatMap((start) => ("amiId" in start ? start.amiId : [])),
    ...instances.flatMap(({ amiId }) => amiId ?? []),
  ]);
  const { value: lineage, reason } = await unlessFailed(
    readAmiLineage(ctx, region, [...new Set(amis)]),
    new Map<string, AmiBuild>(),
  );
  const isPartial = !permits(ctx.actor, SEEING, ctx.target.id, "");
  const seen = isPartial ? onlySeen(ctx, lineage) : lineage;
  return {
    rows: members.map((member) => judgeDrift(member, seen, isPartial)),
    doubts: reason ? [`Which builds the AMIs in ${region} come from could not be read. ${reason}`] : [],
  };
}

/** A group may run images of several teams: each sees what is theirs of it. */
const onlySeen = (ctx: UseCaseContext, lineage: Map<string, AmiBuild>): Map<string, AmiBuild> =>
  new Map([...lineage].filter(([, { name }]) => permits(ctx.actor, SEEING, ctx.target.id, name)));

/** Without a name prefix everything; with one, what would start or runs from an image of those names. */
const maySee = (ctx: UseCaseContext, { starts, running }: FleetRow): boolean =>
  permits(ctx.actor, SEEING, ctx.target.id, "") || [...starts, ...running].some(({ build }) => build);
