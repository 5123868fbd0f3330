import "server-only";
import { permits } from "@/lib/auth/permissions";
import { groupBy } from "@/lib/definitions/group-by";
import { readAmiLineage } from "@/lib/history/read-index";
import type { AmiBuild } from "@/lib/history/types";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { fleetRegions } from "../groups/fleet-regions";
import { findRecipeUses } from "./find-recipe-uses";
import { type RegionAmis, readRegionAmis } from "./read-region-amis";
import { toAmi } from "./to-ami";
import type { Ami, Amis, AmiUse } from "./types";

/**
 * The AMIs of the target and those shared with it, in its own Region and those that its images go to. Whoever may see
 * only some names sees the AMIs of those; how many others there are is said.
 */
export const listAmis = useCase("list-amis", noInput, ({ ctx }) =>
  sharedAnswer(ctx, "list-amis", () => workOut(ctx)),
);

async function workOut(ctx: UseCaseContext): Promise<Amis> {
  const { regions, left, doubts: regionDoubts } = await fleetRegions(ctx);
  const recipes = await unlessFailed(findRecipeUses(ctx), undefined);
  const found = await Promise.all(
    regions.map(async (region) => {
      const read = await readOne(ctx, region);
      return { readAt: read.readAt, ...(await withLineage(ctx, region, read, recipes.value)) };
    }),
  );
  const rows = found.flatMap((one) => one.rows);
  const shown = rows.filter((row) => maySeeAmi(ctx, row));
  const hidden = rows.length - shown.length;
  return {
    rows: shown,
    readAt: new Date(Math.min(...found.map(({ readAt }) => readAt))).toISOString(),
    doubts: [
      ...new Set([
        ...regionDoubts,
        ...(recipes.reason ? [`The uses of AMIs in recipes could not be read. ${recipes.reason}`] : []),
        ...found.flatMap(({ doubts }) => doubts),
      ]),
    ],
    notVisible: [
      "public AMIs",
      "AMIs of accounts that are not targets of this console, unless they are shared with this one by its ID",
      ...(left.length > 0 ? [`the Regions ${left.join(", ")}`] : []),
      ...(hidden > 0 ? [`${hidden} AMIs of images that you may not see`] : []),
    ],
  };
}

async function readOne(ctx: UseCaseContext, region: string): Promise<RegionAmis> {
  const aws = ctx.aws.inRegion(region);
  return readRegionAmis(aws, region, ctx.clock.now());
}

async function withLineage(
  ctx: UseCaseContext,
  region: string,
  read: RegionAmis,
  recipes: AmiUse[] | undefined,
): Promise<{ rows: Ami[]; doubts: string[] }> {
  const { value: lineage, reason } = await unlessFailed(
    readAmiLineage(
      ctx,
      region,
      read.images.flatMap(({ ImageId }) => ImageId ?? []),
    ),
    new Map<string, AmiBuild>(),
  );
  const uses = read.users && groupBy([...read.users, ...(recipes ?? [])], ({ amiId }) => amiId);
  const around = { region, accountId: ctx.target.accountId, ...read, lineage, uses };
  return {
    rows: read.images.map((image) => toAmi(image, around)),
    doubts: [
      ...read.doubts,
      ...(reason ? [`Which builds made the AMIs in ${region} could not be read. ${reason}`] : []),
    ],
  };
}

/** Without a name prefix everything; with one, what a build of those names made. A tag is no proof of it. */
export function maySeeAmi(ctx: UseCaseContext, { build }: Pick<Ami, "build">): boolean {
  if (permits(ctx.actor, "get-image-build", ctx.target.id, "")) return true;
  return build !== undefined && permits(ctx.actor, "get-image-build", ctx.target.id, build.name);
}
