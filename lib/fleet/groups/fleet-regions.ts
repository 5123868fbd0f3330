import "server-only";
import { readImages } from "@/lib/history/read-index";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** Regions are asked side by side; more of them are named instead. */
const MOST_REGIONS = 8;

/** Every Region of the target that its page of an AMI, a group or a roll-out goes to. */
export async function knownRegions(ctx: UseCaseContext): Promise<ReadonlySet<string>> {
  const { regions, left } = await fleetRegions(ctx);
  return new Set([...regions, ...left]);
}

/** The target's own Region first, then those to which its good images went; `left` are those beyond the limit. */
export async function fleetRegions(
  ctx: UseCaseContext,
): Promise<{ regions: string[]; left: string[]; doubts: string[] }> {
  const { value, reason } = await unlessFailed(readImages(ctx), []);
  const all = [
    ...new Set([
      ctx.target.region,
      ...value.flatMap(({ amis }) => amis.map(({ region }) => region)).toSorted(),
    ]),
  ];
  return {
    regions: all.slice(0, MOST_REGIONS),
    left: all.slice(MOST_REGIONS),
    doubts: reason ? [`The history could not be read, so only ${ctx.target.region} was. ${reason}`] : [],
  };
}
